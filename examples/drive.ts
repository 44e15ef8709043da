/** One example in a real browser: what its shoppers do, what its page hears, and what its own backend hears. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, request as ask, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../test/postgres.ts';

/** Reached under another host than their own, as behind a proxy that rewrites it. */
const BEHIND_A_PROXY = ['next', 'express'];
const CARDS = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  challenged: '4111111111111111',
} as const;
const ENDS = { pays: 'succeeded', declined: 'failed', challenged: 'succeeded' } as const;
/** As an example prints it: by the gateway's word, or by Kassa's. */
const SAID = { succeeded: ['successful', 'succeeded'], failed: ['rejected', 'failed'] } as const;

/** `npm start`: what it prints, and its end with all that it started. */
function start(folder: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1', ...env },
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return {
    said: () => said,
    stop: () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    },
  };
}

async function until(what: string, isTrue: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** As many are configured: the backend sees a host that no browser knows. */
function proxy(port: number, target: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const there = ask(
        { host: 'localhost', port: target, method, path: url, headers: { ...headers, host: 'app:3000' } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      there.on('error', () => outgoing.destroy());
      outgoing.on('close', () => there.destroy());
      incoming.pipe(there);
    }).listen(port, 'localhost', () => resolve(server));
  });
}

async function payWith(page: Page, url: string, card: keyof typeof CARDS): Promise<string> {
  await page.goto(url);
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await cashier.getByLabel('Card number').fill(CARDS[card]);
  await cashier.getByLabel('Expiry date').fill('12 / 34');
  await cashier.getByLabel('Security code').fill('123');
  await cashier.getByLabel('Name on card').fill('Ada Lovelace');
  // By key: a click that is aimed while the frame of another site still grows is lost.
  await cashier.getByLabel('Name on card').press('Enter');
  if (card === 'challenged') {
    const bank = cashier.frameLocator('iframe');
    await bank.getByLabel('Code from your bank').fill('1234');
    await bank.getByLabel('Code from your bank').press('Enter');
  }
  const tag = page.locator('kassa-cashier');
  await until(`the page hears that ${card} ${ENDS[card]}`, async () => {
    const outcome = await tag.evaluate((element) => (element as HTMLElement & { outcome?: object }).outcome);
    const { kind, verified } = { kind: '', verified: false, ...outcome };
    if (kind !== '' && (kind !== ENDS[card] || !verified))
      throw new Error(`${card} ended as ${kind}, verified: ${verified}`);
    return kind !== '';
  });
  return tag.evaluate((element) => String((element as HTMLElement & { trackingId?: string }).trackingId));
}

/** Next's own parser before Kassa: a session, whose meaning is enough, and a webhook, whose bytes are gone. */
async function afterParser(shop: string, said: () => string): Promise<void> {
  const post = (route: string, body: object, headers: object = {}): Promise<Response> =>
    fetch(`${shop}/api/parsed/${route}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const session = await post('session', { flow: 'deposit' });
  if (session.status !== 200) throw new Error(`a session after a parser: ${session.status}`);
  const webhook = await post('webhook', { status: 'successful' }, { 'x-signature': 'a'.repeat(40) });
  if (webhook.status !== 500) throw new Error(`a webhook after a parser: ${webhook.status}`);
  await until('the shop is told the cure', () => /already-parsed.*bodyParser: false/.test(said()));
}

/** @throws Error with what the example printed last */
export async function drive(
  name: string,
  folder: string,
  sandboxUrl: string,
  browser: Browser,
): Promise<void> {
  const [port, backend, front] = [await freePort(), await freePort(), await freePort()];
  const isBehind = BEHIND_A_PROXY.includes(name);
  const origin = isBehind ? `http://shop.localhost:${front}` : `http://localhost:${port}`;
  const example = start(folder, {
    PORT: String(port),
    BACKEND_PORT: String(backend),
    GATEWAY_URL: `${sandboxUrl}/gateway`,
    SHOP_ORIGIN: origin,
  });
  const server = isBehind ? await proxy(front, port) : undefined;
  try {
    await until('the example answers', () => answers(`http://localhost:${port}/`), 60);
    await fetch(`${sandboxUrl}/_sandbox/config`, {
      method: 'POST',
      body: JSON.stringify({ webhookUrl: `http://localhost:${port}/kassa/webhook` }),
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    const paths = name === 'next' ? ['/', '/rendered'] : ['/'];
    for (const path of paths) {
      for (const card of Object.keys(CARDS) as (keyof typeof CARDS)[]) {
        const trackingId = await payWith(page, origin + path, card);
        await until(
          `onStatus hears of ${card}`,
          () => SAID[ENDS[card]].some((word) => example.said().includes(`order ${trackingId}: ${word}`)),
          15,
        );
      }
    }
    await page.close();
    if (name === 'next-pages') await afterParser(origin, example.said);
  } catch (error) {
    throw new Error(`${String(error)}\n${example.said().slice(-2_000)}`, { cause: error });
  } finally {
    example.stop();
    server?.close();
    server?.closeAllConnections();
  }
}
