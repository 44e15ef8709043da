/**
 * From the script tag to a usable hosted page, against an iframe that a bare script makes in the same run. A new
 * browser context for each run (cold caches, a cold process for the hosted site), all variants shuffled in each round.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/chromium.ts';
import { FRAME_HTML, inNewTab, pageScripts } from './browser.ts';
import { answerOver, type Line, LOOPBACK, SLOW } from './line.ts';
import { type Bench, compare } from './report.ts';

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
    else if (pathname === '/frame') answer('text/html', FRAME_HTML);
    else if (variant) answer('text/html', shopHtml(variant, `http://127.0.0.1:${port}/frame`));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function tagToReady(tab: Page, url: string): Promise<number> {
  await tab.goto(url, { waitUntil: 'commit' });
  return tab.evaluate(async () => (window as unknown as { benchDone: Promise<number> }).benchDone);
}

export async function benchReady(bench: Bench): Promise<void> {
  const browser = await launchChromium();
  const files = await pageScripts('bare', 'kassa', 'frame');
  for (const [line, rounds] of [
    [LOOPBACK, bench.rounds],
    [SLOW, Math.min(bench.rounds, 12)],
  ] as const) {
    const { server, port } = await serve(files, line);
    await compare(
      bench,
      { name: `script tag to ready, ${line.name}`, unit: 'ms', rounds },
      VARIANTS.map((name) => ({
        name,
        measure: inNewTab(browser, (tab) => tagToReady(tab, `http://localhost:${port}/shop/${name}`)),
      })),
    );
    server.close();
  }
  await browser.close();
}
