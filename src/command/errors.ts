import { KassaError } from '../model/errors.ts';

type CommandErrorCode = 'no-sandbox' | 'no-file' | 'refused' | 'not-verified' | 'cannot-listen';

/** Why a command cannot do what it was asked for; `message` and `hint` are written to be printed. */
export class CommandError extends KassaError<CommandErrorCode> {}

export const failed = (code: CommandErrorCode, message: string, hint: string): CommandError =>
  new CommandError({ code, message, hint, retryable: false });
