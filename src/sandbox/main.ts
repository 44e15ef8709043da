#!/usr/bin/env node
/** `kassa`: finds the command, and says what went wrong to people in sentences and to programs by its exit code. */
import { KassaError } from '../model/errors.ts';
import { MIGRATE_USAGE, runMigrate } from '../postgres/command.ts';
import { readManifest } from './install.ts';
import { ArgumentError, runSandbox, SANDBOX_USAGE } from './start.ts';

interface Command {
  readonly summary: string;
  readonly usage: string;
  /** Of what follows the command's name. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

/** A new command is a row here. */
const COMMANDS: Readonly<Record<string, Command>> = {
  sandbox: {
    summary:
      'the gateway, Nixo and Nxos on your own machine, with no account (this is what runs without a command)',
    usage: SANDBOX_USAGE,
    run: runSandbox,
  },
  migrate: {
    summary: 'makes the tables of the order book, or brings them up to this version',
    usage: MIGRATE_USAGE,
    run: runMigrate,
  },
};

const usage = (): string =>
  [
    'kassa <command> [options]',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'kassa <command> --help says its options; kassa --version says which Kassa this is.',
  ].join('\n');

const HELP = ['--help', '-h', 'help'];

async function main([first = 'sandbox', ...others]: readonly string[]): Promise<void> {
  if (['--version', '-v'].includes(first)) {
    console.log((await readManifest()).version);
    return;
  }
  if (HELP.includes(first)) {
    console.log(`${usage()}\n\n${SANDBOX_USAGE}`);
    return;
  }
  const isFlag = first.startsWith('-');
  const [name, args] = isFlag ? ['sandbox', [first, ...others]] : [first, others];
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command "${name}".`, usage());
  if (args.some((word) => HELP.includes(word))) {
    console.log(command.usage);
    return;
  }
  await command.run(args).catch((error: unknown) => {
    throw isOfArguments(error) ? new UsageError(error.message, command.usage) : error;
  });
}

/** What was written wrongly, with what may be written. */
class UsageError extends Error {
  readonly usage: string;

  constructor(message: string, said: string) {
    super(message);
    this.usage = said;
  }
}

/** Thrown by `parseArgs`, or by a command of a value; a TypeError of the language is a fault of the program. */
function isOfArguments(error: unknown): error is Error {
  if (error instanceof ArgumentError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof KassaError) console.error(`${error.message}\n${error.hint}`);
  else if (error instanceof UsageError) console.error(`${error.message}\n\n${error.usage}`);
  else console.error(error);
  process.exit(1);
});
