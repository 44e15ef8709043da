/**
 * From the script tag to a usable hosted page, against an iframe that a bare script makes in the same run. A new
 * browser context for each run (cold caches, a cold process for the hosted site), all variants shuffled in each round.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchChromium, pageScripts } from './browser.ts';
import { answerOver, type Line, LOOPBACK, SLOW } from './line.ts';
import { median, ratioOfMedians } from './statistics.ts';

const VARIANTS = ['bare', 'kassa'] as const;
type Variant = (typeof VARIANTS)[number];

function shopHtml(variant: Variant, frameUrl: string): string {
  const session = { token: 'bench', flow: 'deposit', trackingId: 'bench', cashierUrl: frameUrl };
  return `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = ${JSON.stringify(frameUrl)};
    benchDone = new Promise((resolve) => (benchReady = () => resolve(performance.now() - benchStart)));
    ${
      variant === 'kassa'
        ? `const cashier = document.createElement('kassa-cashier');
    cashier.session = ${JSON.stringify(session)};
    cashier.addEventListener('kassa-ready', benchReady);
    document.body.append(cashier);`
        : ''
    }
    benchStart = performance.now();
  </script><script type="module" src="/${variant}.js"></script>`;
}

async function serve(
  files: ReadonlyMap<string, string>,
  line: Line,
): Promise<{ server: Server; port: number }> {
  const answerTo = answerOver(line);
  const server = createServer((request, response) => {
    const answer = (type: string, text: string): void => answerTo(request, response, type, text);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { port } = server.address() as AddressInfo;
    const script = files.get(pathname);
    const variant = VARIANTS.find((name) => pathname === `/shop/${name}`);
    if (script !== undefined) answer('text/javascript', script);
    else if (pathname === '/frame') {
      answer(
        'text/html',
        '<!doctype html><meta charset="utf-8"><script type="module" src="/frame.js"></script>',
      );
    } else if (variant) answer('text/html', shopHtml(variant, `http://127.0.0.1:${port}/frame`));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function measure(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.goto(url, { waitUntil: 'commit' });
    return await tab.evaluate(async () => (window as unknown as { benchDone: Promise<number> }).benchDone);
  } finally {
    await context.close();
  }
}

async function compare(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  { line, rounds }: { readonly line: Line; readonly rounds: number },
): Promise<void> {
  const { server, port } = await serve(files, line);
  const times: Record<Variant, number[]> = { bare: [], kassa: [] };
  for (let round = -2; round < rounds; round += 1) {
    for (const variant of [...VARIANTS].sort(() => Math.random() - 0.5)) {
      const ms = await measure(browser, `http://localhost:${port}/shop/${variant}`);
      if (round >= 0) times[variant].push(ms);
    }
  }
  const { value, low, high } = ratioOfMedians(times.kassa, times.bare);
  console.log(`script tag to ready, ${line.name}, ${rounds} rounds`);
  for (const variant of VARIANTS)
    console.log(`  ${variant.padEnd(6)} median ${Math.round(median(times[variant]))} ms`);
  console.log(`  kassa / bare iframe  ${value.toFixed(2)}  [${low.toFixed(2)}, ${high.toFixed(2)}]`);
  server.close();
}

export async function benchReady(rounds: number): Promise<void> {
  const browser = await launchChromium();
  const files = await pageScripts('bare', 'kassa', 'frame');
  await compare(browser, files, { line: LOOPBACK, rounds });
  await compare(browser, files, { line: SLOW, rounds: Math.min(rounds, 12) });
  await browser.close();
}
