/** `kassa sandbox`: reads flags and environment, starts, says where, and stops on Ctrl+C. */
import { parseArgs } from 'node:util';
import { ensurePackages } from './install.ts';

export const SANDBOX_USAGE = `kassa sandbox [--port N] [--host H] [--data-dir FOLDER] [--database-url URL] [--webhook-url URL]
              [--public-url URL] [--quiet]

  --port N            default 4010; 0 takes a free one
  --host H            default 127.0.0.1
  --data-dir FOLDER   keeps the data there; without it they are gone at the end
  --database-url URL  keeps the data in PostgreSQL
  --webhook-url URL   where the gateway sends webhooks, such as http://localhost:4000/kassa/webhook
  --public-url URL    the one that others see, where a proxy stands before the sandbox
  --quiet             prints nothing at the start

Flags win over the environment: KASSA_SANDBOX_PORT, KASSA_DATA_DIR, DATABASE_URL, KASSA_WEBHOOK_URL,
KASSA_PUBLIC_URL.`;

/** An option whose value is none; `message` is for whoever wrote it. */
export class ArgumentError extends Error {}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      'database-url': { type: 'string' },
      'webhook-url': { type: 'string' },
      'public-url': { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const { env } = process;
  const port = values.port ?? env.KASSA_SANDBOX_PORT;
  if (port !== undefined && !(/^[0-9]{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new ArgumentError(`"${port}" is not a port. Use a number from 1 to 65535, such as 4010.`);
  }
  return {
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
  throw new ArgumentError(`"${text}" is not a public URL. Use one such as https://pay.example/sandbox.`);
}

export async function runSandbox(args: readonly string[]): Promise<void> {
  const { quiet, ...options } = readOptions(args);
  await ensurePackages((text) => {
    console.error(text);
  });
  // Imported late: only now are its packages known to be there.
  const { describeSandbox, startSandbox } = await import('./index.ts');
  const sandbox = await startSandbox(options);
  if (!quiet) console.log(`${describeSandbox(options.publicUrl ?? sandbox.url)}\n  Press Ctrl+C to stop.`);
  // A moment later, so that whoever waits for the API is answered first; a fault shows when a page is asked for.
  setTimeout(() => void sandbox.ready().catch(() => undefined), 100).unref();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}
