/** `kassa listen`: stands between the sandbox and the shop, passes webhooks on byte for byte, and prints both ways. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Command } from './commander.ts';
import { SIGNATURE_PASSWORD } from '../sandbox/gateway/seeds.ts';
import { createSandboxClient, sandboxOption } from './sandbox-client.ts';
import { readUrl } from './values.ts';

const OF_CONNECTION = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'];
/** As long as the gateway waits for an answer. */
const WITHIN_MS = 10_000;

export const listenCommand = () =>
  new Command('listen')
    .description('passes the webhooks of the sandbox on to your shop, and prints them')
    .option(
      '--forward-to <url>',
      'your route, such as localhost:3000/kassa/webhook; without it they are printed',
      readUrl,
    )
    .option('--forward-nixo-to <url>', 'the same for Nixo’s events', readUrl)
    .option('--events <list>', 'only those, such as deposit.successful,withdrawal.*')
    .option('--print-json', 'prints whole bodies')
    .addOption(sandboxOption())
    .action(async ({ sandbox, forwardTo, forwardNixoTo, ...options }) => {
      const client = createSandboxClient(sandbox);
      const { webhookUrl, nixoWebhookUrl } = await client.settings();
      const shown = { isWanted: wanted(options.events), printJson: options.printJson ?? false };
      const [gateway, nixo] = await Promise.all([
        startForwarder({ ...shown, forwardTo }),
        startForwarder({ ...shown, forwardTo: forwardNixoTo }),
      ]);
      await client.configure({ webhookUrl: gateway.url, nixoWebhookUrl: nixo.url });
      console.log(
        `Ready! The webhooks of ${sandbox} go to ${forwardTo ?? 'this terminal'}. Press Ctrl+C to stop.\n` +
          `They are signed with the sandbox’s signature password, ${SIGNATURE_PASSWORD}.`,
      );
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await client.configure({ webhookUrl, nixoWebhookUrl }).catch(() => undefined);
      process.exit(0);
    });

interface Forwarding {
  readonly forwardTo: string | undefined;
  readonly isWanted: (name: string) => boolean;
  readonly printJson: boolean;
}

/** A pattern is a name, or a name with a star. */
function wanted(list: string | undefined): (name: string) => boolean {
  if (list === undefined) return () => true;
  const patterns = list.split(',').map((pattern) => pattern.trim().split('*').map(escapeText));
  return (name) => patterns.some((parts) => new RegExp(`^${parts.join('.*')}$`).test(name));
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function startForwarder(forwarding: Forwarding): Promise<{ readonly url: string }> {
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, forwarding).catch(() => outgoing.writeHead(502).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  forwarding: Forwarding,
): Promise<void> {
  const { forwardTo, isWanted, printJson } = forwarding;
  const body = await buffer(incoming);
  const { name, id } = nameOf(body.toString());
  if (!isWanted(name)) {
    outgoing.writeHead(200).end();
    return;
  }
  console.log(`${time()}   --> ${name} [${id}]`);
  if (printJson) console.log(body.toString());
  if (forwardTo === undefined) {
    outgoing.writeHead(200).end();
    return;
  }
  const headers = Object.entries(incoming.headers).filter(([header]) => !OF_CONNECTION.includes(header));
  const answer = await fetch(forwardTo, {
    method: 'POST',
    body,
    headers: headers as [string, string][],
    redirect: 'manual',
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined);
  console.log(`${time()}  <--  [${answer?.status ?? 'no answer'}] POST ${forwardTo} [${id}]`);
  outgoing.writeHead(answer?.status ?? 502).end(await answer?.text());
}

const time = (): string => new Date().toISOString().slice(0, 19).replace('T', ' ');

interface Body {
  readonly transaction_type?: string;
  readonly status?: string;
  readonly transaction_id?: string;
  readonly type?: string;
  readonly id?: string;
}

/** `deposit.successful` of the gateway's, the type of Nixo's. */
function nameOf(text: string): { readonly name: string; readonly id: string } {
  let body: Body = {};
  try {
    body = JSON.parse(text) as Body;
  } catch {
    // Whatever it is, the shop gets it.
  }
  const { transaction_type: kind, status, transaction_id: transaction } = body;
  return kind === undefined
    ? { name: body.type ?? 'unknown', id: body.id ?? '' }
    : { name: `${kind}.${status ?? ''}`, id: transaction ?? '' };
}
