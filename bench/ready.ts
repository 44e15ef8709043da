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
import { fileOf } from './peers.ts';
import { type Bench, compare } from './report.ts';

interface Shop {
  /** Its script, of `bench/pages` or as published. */
  readonly script: string;
  /** What the page does before its script comes. */
  readonly before?: (frameUrl: string) => string;
  /** Which of its files the page's HTML asks for beside the script. */
  readonly ahead?: RegExp;
}

const SHOPS: Readonly<Record<string, Shop>> = {
  'bare script': { script: 'bare' },
  'bare element': { script: 'element', before: (frameUrl) => tag('plain-cashier', frameUrl) },
  'Lit element': { script: 'lit', before: (frameUrl) => tag('bare-cashier', frameUrl) },
  kassa: { script: 'kassa', before: (frameUrl) => kassa(frameUrl) },
  'kassa, as npx kassa tag says': {
    script: 'kassa',
    before: (frameUrl) => kassa(frameUrl),
    ahead: /^\/chunks\/frame-/,
  },
  '@polar-sh/checkout': { script: 'polar' },
};

const tag = (name: string, frameUrl: string): string => `
    const cashier = document.createElement('${name}');
    cashier.setAttribute('src', ${JSON.stringify(frameUrl)} + '#bare=' + encodeURIComponent(location.origin));
    cashier.addEventListener('ready', benchReady);
    document.body.append(cashier);`;

function kassa(cashierUrl: string): string {
  const session = { token: 'bench', flow: 'deposit', trackingId: 'bench', cashierUrl };
  return `
    const cashier = document.createElement('kassa-cashier');
    cashier.session = ${JSON.stringify(session)};
    cashier.addEventListener('kassa-ready', benchReady);
    document.body.append(cashier);`;
}

function shopHtml({ script, before, ahead }: Shop, frameUrl: string, files: readonly string[]): string {
  const links = files
    .filter((file) => ahead?.test(file))
    .map((file) => `<link rel="modulepreload" href="${file}">`);
  return `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = ${JSON.stringify(frameUrl)};
    benchDone = new Promise((resolve) => (benchReady = () => resolve(performance.now() - benchStart)));
    ${before?.(frameUrl) ?? ''}
    benchStart = performance.now();
  </script>${links.join('')}<script type="module" src="/${script}.js"></script>`;
}

/** The first of two that Polar's script listens to; here it is the hosted page's. */
const POLARS_HOST = 'https://polar.sh,';

async function serve(
  files: ReadonlyMap<string, string>,
  line: Line,
): Promise<{ server: Server; port: number }> {
  const answerTo = answerOver(line);
  const server = createServer((request, response) => {
    const answer = (type: string, text: string): void => answerTo(request, response, type, text);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { port } = server.address() as AddressInfo;
    const frameOrigin = `http://127.0.0.1:${port}`;
    const script = files.get(pathname)?.replaceAll(POLARS_HOST, `${frameOrigin},`);
    const shop = SHOPS[decodeURIComponent(pathname.slice(1))];
    if (script !== undefined) answer('text/javascript', script);
    else if (pathname === '/frame') answer('text/html', FRAME_HTML);
    else if (shop) answer('text/html', shopHtml(shop, `${frameOrigin}/frame`, [...files.keys()]));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function tagToReady(tab: Page, url: string, slowdown: number): Promise<number> {
  if (slowdown > 1) {
    const devTools = await tab.context().newCDPSession(tab);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await tab.goto(url, { waitUntil: 'commit' });
  return tab.evaluate(async () => (window as unknown as { benchDone: Promise<number> }).benchDone);
}

/** The line, how many times slower the processor is, and the most rounds. */
const SETTINGS = [
  [LOOPBACK, 1, Number.POSITIVE_INFINITY],
  [LOOPBACK, 4, 20],
  [SLOW, 1, 12],
] as const;

export async function benchReady(bench: Bench): Promise<void> {
  const shops = Object.entries(SHOPS).filter(
    ([, { script }]) => script !== 'polar' || fileOf('@polar-sh/checkout', '/embed') !== undefined,
  );
  const browser = await launchChromium();
  const files = await pageScripts('frame', ...new Set(shops.map(([, { script }]) => script)));
  for (const [line, slowdown, most] of SETTINGS) {
    const { server, port } = await serve(files, line);
    await compare(
      bench,
      {
        name: `script tag to ready, ${line.name}${slowdown > 1 ? `, processor ${slowdown}× slower` : ''}`,
        unit: 'ms',
        rounds: Math.min(bench.rounds, most),
      },
      shops.map(([name, { script }]) => ({
        name,
        measure: inNewTab(browser, (tab) =>
          tagToReady(tab, `http://localhost:${port}/${encodeURIComponent(name)}`, slowdown),
        ),
        ...(script === 'kassa' && { goal: line === SLOW ? 1.02 : 1.05 }),
      })),
    );
    server.close();
  }
  await browser.close();
}
