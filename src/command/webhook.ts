/** `kassa webhook sign|verify`: the gateway's signature of a body in a file, as the shop's own handler checks it. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command, Option } from './commander.ts';
import { SIGNATURE_PASSWORD } from '../sandbox/gateway/seeds.ts';
import { WebhookError } from '../server/errors.ts';
import { signWebhook, verifyWebhook } from '../server/gateway/webhooks.ts';
import { failed } from './errors.ts';

/** An argument can be read by everybody on the machine, and stays in the shell's history. */
const passwordOption = () =>
  new Option('--password <password>', 'better in the environment; default the sandbox’s')
    .env('GATEWAY_SIGNATURE_PASSWORD')
    .default(SIGNATURE_PASSWORD);

export const webhookCommand = () =>
  new Command('webhook')
    .description('signs a webhook of the gateway, or checks the signature of one')
    .addCommand(
      new Command('sign')
        .description('prints the X-Signature of the body in a file')
        .argument('<file>', 'byte for byte what is posted; - reads it from the standard input')
        .addOption(passwordOption())
        .action(async (file, { password }) => console.log(await signWebhook(await read(file), password))),
    )
    .addCommand(
      new Command('verify')
        .description('says what a signed body tells, or why it must not be believed (exit code 1)')
        .argument('<file>', 'byte for byte what came; - reads it from the standard input')
        .requiredOption('--signature <signature>', 'the header X-Signature')
        .addOption(passwordOption())
        .action(async (file, { signature, password }) => {
          const { raw: _, ...event } = await verifyWebhook(await read(file), signature, password).catch(
            (error: unknown) => {
              if (!(error instanceof WebhookError)) throw error;
              throw failed('not-verified', error.message, error.hint);
            },
          );
          console.log(JSON.stringify(event, null, 2));
        }),
    );

async function read(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  return readFile(file).catch((error: unknown) => {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw failed(
      'no-file',
      `${file} cannot be read: ${code}.`,
      'Name a file that holds the body as it was posted.',
    );
  });
}
