/** `kassa migrate` */
import { Command, Option } from './commander.ts';
import { runMigrate } from '../postgres/command.ts';

export const migrateCommand = () =>
  new Command('migrate')
    .description('makes the tables of the order book, or brings them up to this version')
    .addOption(
      new Option('--database-url <url>', 'such as postgres://user:password@host:5432/shop').env(
        'DATABASE_URL',
      ),
    )
    .option('--data-dir <folder>', 'a folder of PGlite’s; a database that is named wins over it')
    .addHelpText('after', '\nSafe to run at every deployment, and by several at once.')
    .action(({ databaseUrl, dataDir }, command) => {
      const isWritten = command.getOptionValueSource('databaseUrl') === 'cli';
      return runMigrate({ dataDir, databaseUrl: isWritten || !dataDir ? databaseUrl : undefined });
    });
