/** `kassa`: finds the command, and says what went wrong to people in sentences and to programs by its exit code. */
import { Command } from './commander.ts';
import { KassaError } from '../model/errors.ts';
import { readManifest } from '../sandbox/install.ts';
import { doctorCommand } from './doctor/command.ts';
import { listenCommand } from './listen.ts';
import { migrateCommand } from './migrate.ts';
import { isOfSandbox } from './of-sandbox.ts';
import { sandboxCommand } from './sandbox.ts';
import { tagCommand } from './tag.ts';
import { triggerCommand } from './trigger.ts';
import { webhookCommand } from './webhook.ts';

/** A new command is an entry here. */
const COMMANDS = [
  sandboxCommand,
  listenCommand,
  triggerCommand,
  webhookCommand,
  migrateCommand,
  doctorCommand,
  tagCommand,
];

/** @param args what was written after `kassa` */
export async function main(args: readonly string[]): Promise<void> {
  const { version } = await readManifest();
  const program = new Command('kassa')
    .description('An embeddable cashier: its sandbox, and tools for the shop around it.')
    .version(version, '-v, --version')
    .showHelpAfterError()
    .showSuggestionAfterError();
  for (const create of COMMANDS) program.addCommand(create().showHelpAfterError());
  const isUnnamed = isOfSandbox(args) && args[0] !== 'sandbox';
  try {
    await program.parseAsync(isUnnamed ? ['sandbox', ...args] : [...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof KassaError)) throw error;
    console.error(`${error.message}\n${error.hint}`);
    process.exit(1);
  }
}
