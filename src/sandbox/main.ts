#!/usr/bin/env node
/** `kassa sandbox`: reads flags and environment, starts, says where, and stops on Ctrl+C. */
import { parseArgs } from 'node:util';
import { KassaError } from '../model/errors.ts';

const USAGE = `kassa sandbox [--port N] [--host H] [--data-dir FOLDER] [--database-url URL] [--webhook-url URL]
              [--public-url URL] [--quiet]

Flags win over the environment: KASSA_SANDBOX_PORT, KASSA_DATA_DIR, DATABASE_URL, KASSA_WEBHOOK_URL,
KASSA_PUBLIC_URL. The public URL is the one that others see, where a proxy stands before the sandbox.`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      'database-url': { type: 'string' },
      'webhook-url': { type: 'string' },
      'public-url': { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command = 'sandbox'] = positionals;
  if (command !== 'sandbox') throw new TypeError(`There is no command "${command}".`);
  const { env } = process;
  const port = values.port ?? env.KASSA_SANDBOX_PORT;
  if (port !== undefined && !/^[0-9]{1,5}$/.test(port)) {
    throw new TypeError(`"${port}" is not a port. Use a number from 1 to 65535, such as 4010.`);
  }
  return {
    help: values.help,
    quiet: values.quiet,
    port: port === undefined ? undefined : Number(port),
    host: values.host,
    database: {
      dataDir: values['data-dir'] ?? env.KASSA_DATA_DIR,
      databaseUrl: values['database-url'] ?? env.DATABASE_URL,
    },
    webhookUrl: values['webhook-url'] ?? env.KASSA_WEBHOOK_URL,
    publicUrl: readPublicUrl(values['public-url'] ?? env.KASSA_PUBLIC_URL),
  };
}

function readPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new TypeError(`"${text}" is not a public URL. Use one such as https://pay.example/sandbox.`);
}

async function main(): Promise<void> {
  const { help, quiet, ...options } = readOptions();
  if (help) {
    console.log(USAGE);
    return;
  }
  // Imported late: without the sandbox's optional packages this is what fails, and the reason is worth a sentence.
  const { describeSandbox, startSandbox } = await import('./index.ts').catch(explainMissingPackage);
  const sandbox = await startSandbox(options);
  if (!quiet) console.log(`${describeSandbox(options.publicUrl ?? sandbox.url)}\n  Press Ctrl+C to stop.`);
  // A moment later, so that whoever waits for the API is answered first; a fault shows when a page is asked for.
  setTimeout(() => void sandbox.ready().catch(() => undefined), 100).unref();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

async function explainMissingPackage(error: unknown): Promise<never> {
  const { StoreError } = await import('./store/errors.ts');
  throw (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' ? StoreError.missing(error) : error;
}

main().catch((error: unknown) => {
  if (error instanceof KassaError) console.error(`${error.message}\n${error.hint}`);
  else if (error instanceof TypeError) console.error(`${error.message}\n\n${USAGE}`);
  else console.error(error);
  process.exit(1);
});
