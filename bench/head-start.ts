/**
 * Two head starts, each against the same cashier without it, in the same run: a page that is loaded before the click
 * (`prewarm`), from click to usable; and a frame in the shop's own HTML (adoption), from navigation to usable, on a
 * slow line.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { renderCashier } from 'kassa/server';
import type { Browser, Page } from 'playwright-core';
import { buildPages, launchChromium, scriptsOf } from './browser.ts';
import { median, ratioOfMedians } from './statistics.ts';

/** Slow 4G, as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

interface Shop {
  readonly url: string;
  close(): void;
}

async function serve(): Promise<Shop> {
  const files = scriptsOf(await buildPages('kassa', 'frame'));
  const server: Server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const shop = `http://localhost:${port}`;
    const session = {
      token: 'bench',
      flow: 'deposit',
      trackingId: 'bench',
      cashierUrl: `http://127.0.0.1:${port}/frame`,
    } as const;
    const { pathname } = new URL(request.url ?? '/', shop);
    const script = files.get(pathname);
    const html = (body: string): void => {
      response
        .setHeader('content-type', 'text/html')
        .end(
          `<!doctype html><meta charset="utf-8"><body>${READY}${body}<script type="module" src="/kassa.js"></script>`,
        );
    };
    response.setHeader('cache-control', 'no-store');
    if (script !== undefined) response.setHeader('content-type', 'text/javascript').end(script);
    else if (pathname === '/session')
      response.setHeader('content-type', 'application/json').end(JSON.stringify(session));
    else if (pathname === '/frame') {
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><meta charset="utf-8"><script type="module" src="/frame.js"></script>');
    } else if (pathname === '/cold')
      html('<kassa-cashier session-url="/session" display="modal"></kassa-cashier>');
    else if (pathname === '/warm')
      html('<kassa-cashier session-url="/session" display="modal" prewarm></kassa-cashier>');
    else if (pathname === '/served') html(renderCashier(session, { origin: shop }));
    else if (pathname === '/script') {
      const json = JSON.stringify(session);
      html(
        `<kassa-cashier></kassa-cashier><script>document.querySelector('kassa-cashier').session = ${json}</script>`,
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

/** Before anything else on the page, so that nothing is missed. */
const READY = `<script>
  benchReady = new Promise((done) => addEventListener('kassa-ready', () => done(performance.now())));
</script>`;

type BenchWindow = Window & { readonly benchReady: Promise<number> };

async function clickToReady(tab: Page, url: string): Promise<number> {
  await tab.goto(url);
  await tab.waitForTimeout(700);
  return tab.evaluate(async () => {
    const start = performance.now();
    document.querySelector('kassa-cashier')?.show();
    return (await (window as unknown as BenchWindow).benchReady) - start;
  });
}

async function navigationToReady(tab: Page, url: string): Promise<number> {
  const network = await tab.context().newCDPSession(tab);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', SLOW);
  await tab.goto(url, { waitUntil: 'commit' });
  return tab.evaluate(() => (window as unknown as BenchWindow).benchReady);
}

async function compare(
  browser: Browser,
  shop: string,
  [better, plain]: readonly [string, string],
  rounds: number,
  measure: (tab: Page, url: string) => Promise<number>,
): Promise<void> {
  const times: Record<string, number[]> = { [better]: [], [plain]: [] };
  for (let round = -1; round < rounds; round += 1) {
    for (const variant of [better, plain].sort(() => Math.random() - 0.5)) {
      const context = await browser.newContext();
      const ms = await measure(await context.newPage(), `${shop}/${variant}`);
      if (round >= 0) times[variant]?.push(ms);
      await context.close();
    }
  }
  const [fast = [], slow = []] = [times[better], times[plain]];
  const { value, low, high } = ratioOfMedians(fast, slow);
  console.log(`  ${plain.padEnd(6)} median ${Math.round(median(slow))} ms`);
  console.log(`  ${better.padEnd(6)} median ${Math.round(median(fast))} ms`);
  console.log(`  ${better} / ${plain}  ${value.toFixed(2)}  [${low.toFixed(2)}, ${high.toFixed(2)}]`);
}

export async function benchHeadStart(rounds: number): Promise<void> {
  const browser = await launchChromium();
  const shop = await serve();
  console.log(`click to ready of a modal, ${rounds} rounds`);
  await compare(browser, shop.url, ['warm', 'cold'], rounds, clickToReady);
  console.log(`navigation to ready on slow 4G, ${rounds} rounds`);
  await compare(browser, shop.url, ['served', 'script'], rounds, navigationToReady);
  await browser.close();
  shop.close();
}
