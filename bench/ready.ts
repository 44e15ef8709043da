/**
 * From the script tag to a usable hosted page, against an iframe that a bare script makes in the same run. A new
 * browser context for each run (cold caches, a cold process for the hosted site), all variants shuffled in each round.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { frameHtml, inNewTab, launchWithHosted, pageScripts } from './browser.ts';
import { HOSTED } from './hosted.ts';
import { answerOver, type Line, LOOPBACK, SLOW } from './line.ts';
import { fileOf } from './peers.ts';
import { type Bench, compare } from './report.ts';

interface Shop {
  /** Its script, of `bench/pages` or as published. */
  readonly script: string;
  /** What that script is made of, where not everybody has it. */
  readonly peer?: readonly [name: string, module?: string];
  /** The script of its hosted page, for a library that has a half there too. */
  readonly frame?: string;
  /** What the page does before its script comes. */
  readonly before?: (frameUrl: string) => string;
  /** How the paths begin of those of its files that the page's HTML asks for beside the script. */
  readonly beside?: string;
}

const SHOPS: Readonly<Record<string, Shop>> = {
  'bare script': { script: 'bare' },
  'bare element': { script: 'element', before: (frameUrl) => tag('plain-cashier', frameUrl) },
  'Lit element': { script: 'lit', before: (frameUrl) => tag('bare-cashier', frameUrl) },
  kassa: { script: 'kassa', before: (frameUrl) => kassa(frameUrl) },
  'kassa, as npx kassa tag says': {
    script: 'kassa',
    before: (frameUrl) => kassa(frameUrl),
    beside: '/chunks/whole-',
  },
  '@polar-sh/checkout': { script: 'polar', peer: ['@polar-sh/checkout', '/embed'] },
  penpal: { script: 'penpal', peer: ['penpal'], frame: 'penpal-frame' },
  'paymentiq-cashier-bootstrapper': { script: 'paymentiq', peer: ['paymentiq-cashier-bootstrapper'] },
  zoid: { script: 'zoid', peer: ['zoid'], frame: 'zoid' },
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

function shopHtml({ script, before, beside, frame }: Shop, files: readonly string[]): string {
  const frameUrl = `${HOSTED}/frame${frame === undefined ? '' : `/${script}`}`;
  const links = files
    .filter((file) => beside !== undefined && file.startsWith(beside))
    .map((file) => `<link rel="modulepreload" href="${file}">`);
  return `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = ${JSON.stringify(frameUrl)};
    benchDone = new Promise((resolve, reject) => {
      benchReady = () => resolve(performance.now() - benchStart);
      setTimeout(reject, ${PATIENCE_MS}, new Error(location.pathname + ' was never ready'));
    });
    ${before?.(frameUrl) ?? ''}
    benchStart = performance.now();
  </script><script type="module" src="/${script}.js"></script>${links.join('')}`;
}

/** Of a page that does not get ready, as one whose peer changed its protocol. */
const PATIENCE_MS = 60_000;

/** The first of two that Polar's script listens to; here it is the hosted page's. */
const POLARS_HOST = 'https://polar.sh,';

export async function serve(
  files: ReadonlyMap<string, string>,
  line: Line,
): Promise<{ server: Server; port: number }> {
  const answerTo = answerOver(line);
  const server = createServer((request, response) => {
    const answer = (type: string, text: string): void => answerTo(request, response, type, text);
    const { pathname } = new URL(request.url ?? '/', HOSTED);
    const script = files.get(pathname)?.replaceAll(POLARS_HOST, `${HOSTED},`);
    const shop = SHOPS[decodeURIComponent(pathname.slice(1))];
    const [, ofPeer] = /^\/frame\/(.+)$/.exec(pathname) ?? [];
    if (script !== undefined) answer('text/javascript', script);
    else if (shop) answer('text/html', shopHtml(shop, [...files.keys()]));
    else if (ofPeer !== undefined) answer('text/html', frameHtml(SHOPS[ofPeer]?.frame));
    // PaymentIQ's bootstrapper asks for the page at the root.
    else if (pathname === '/frame' || pathname === '/') answer('text/html', frameHtml());
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

export async function tagToReady(tab: Page, url: string, slowdown: number): Promise<number> {
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
  [SLOW, 1, 20],
] as const;

export async function benchReady(bench: Bench): Promise<void> {
  const shops = Object.entries(SHOPS).filter(([, { peer }]) => !peer || fileOf(...peer) !== undefined);
  const scripts = shops.flatMap(([, { script, frame = 'frame' }]) => [script, frame]);
  const files = await pageScripts(...new Set(scripts));
  for (const [line, slowdown, most] of SETTINGS) {
    const { server, port } = await serve(files, line);
    const browser = await launchWithHosted(port);
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
          tagToReady(tab, `http://127.0.0.1:${port}/${encodeURIComponent(name)}`, slowdown),
        ),
        ...(script === 'kassa' && { goal: line === SLOW ? 1.02 : 1.05 }),
      })),
    );
    await browser.close();
    server.close();
  }
}
