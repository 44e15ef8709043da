/** `kassa sandbox` */
import { Command, Option } from './commander.ts';
import { runSandbox } from '../sandbox/start.ts';
import { readPort, readPublicUrl, readUrl } from './values.ts';

export const sandboxCommand = () =>
  new Command('sandbox')
    .description('the gateway, Nixo and Nxos on your own machine, with no account (also without a command)')
    .addOption(
      new Option('--port <n>', 'default 4010; 0 takes a free one')
        .env('KASSA_SANDBOX_PORT')
        .argParser(readPort),
    )
    .option('--host <host>', 'default 127.0.0.1')
    .addOption(
      new Option('--data-dir <folder>', 'keeps the data there; without it they are gone at the end').env(
        'KASSA_DATA_DIR',
      ),
    )
    .addOption(new Option('--database-url <url>', 'keeps the data in PostgreSQL').env('DATABASE_URL'))
    .addOption(
      new Option(
        '--webhook-url <url>',
        'where the gateway sends webhooks; default http://localhost:4000/kassa/webhook',
      )
        .env('KASSA_WEBHOOK_URL')
        .argParser(readUrl),
    )
    .addOption(
      new Option('--public-url <url>', 'the one that others see, where a proxy stands before the sandbox')
        .env('KASSA_PUBLIC_URL')
        .argParser(readPublicUrl),
    )
    .option('--quiet', 'prints nothing at the start')
    .action(({ dataDir, databaseUrl, ...options }) =>
      runSandbox({ ...options, database: { dataDir, databaseUrl } }),
    );
