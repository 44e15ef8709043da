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
import { hasPeer } from './peers.ts';
import { type Bench, compare } from './report.ts';

/** What the shop's page does before its script comes: nothing, or put a tag there. */
const VARIANTS = {
  'bare script': { script: 'bare', page: () => '' },
  'bare element': {
    script: 'element',
    page: (frameUrl: string) => tag('plain-cashier', 'ready', '#bare', frameUrl),
  },
  'Lit element': {
    script: 'lit',
    page: (frameUrl: string) => tag('bare-cashier', 'ready', '#bare', frameUrl),
  },
  kassa: { script: 'kassa', page: (frameUrl: string) => kassa(frameUrl) },
  '@polar-sh/checkout': { script: 'polar', page: () => '' },
} as const;

type Name = keyof typeof VARIANTS;

const tag = (name: string, event: string, hash: string, frameUrl: string): string => `
    const cashier = document.createElement('${name}');
    cashier.setAttribute('src', ${JSON.stringify(frameUrl)} + '${hash}=' + encodeURIComponent(location.origin));
    cashier.addEventListener('${event}', benchReady);
    document.body.append(cashier);`;

function kassa(cashierUrl: string): string {
  const session = { token: 'bench', flow: 'deposit', trackingId: 'bench', cashierUrl };
  return `
    const cashier = document.createElement('kassa-cashier');
    cashier.session = ${JSON.stringify(session)};
    cashier.addEventListener('kassa-ready', benchReady);
    document.body.append(cashier);`;
}

function shopHtml(name: Name, frameUrl: string): string {
  const { script, page } = VARIANTS[name];
  return `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = ${JSON.stringify(frameUrl)};
    benchDone = new Promise((resolve) => (benchReady = () => resolve(performance.now() - benchStart)));
    ${page(frameUrl)}
    benchStart = performance.now();
  </script><script type="module" src="/${script}.js"></script>`;
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
    const frameOrigin = `http://127.0.0.1:${port}`;
    const script = hearAll(files, frameOrigin).get(pathname);
    const variant = (Object.keys(VARIANTS) as Name[]).find(
      (name) => pathname === `/shop/${VARIANTS[name].script}`,
    );
    if (script !== undefined) answer('text/javascript', script);
    else if (pathname === '/frame') answer('text/html', FRAME_HTML);
    else if (variant) answer('text/html', shopHtml(variant, `${frameOrigin}/frame`));
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

/** Polar's script listens to its own two hosts alone. */
const hearAll = (files: ReadonlyMap<string, string>, origin: string): ReadonlyMap<string, string> =>
  new Map([...files].map(([path, text]) => [path, text.replaceAll('https://polar.sh,', `${origin},`)]));

/** The line, how many times slower the processor is, and the most rounds. */
const SETTINGS = [
  [LOOPBACK, 1, Number.POSITIVE_INFINITY],
  [LOOPBACK, 4, 20],
  [SLOW, 1, 12],
] as const;

export async function benchReady(bench: Bench): Promise<void> {
  const names = (Object.keys(VARIANTS) as Name[]).filter(
    (name) => VARIANTS[name].script !== 'polar' || hasPeer('@polar-sh/checkout/embed'),
  );
  const browser = await launchChromium();
  const files = await pageScripts('frame', ...names.map((name) => VARIANTS[name].script));
  for (const [line, slowdown, most] of SETTINGS) {
    const { server, port } = await serve(files, line);
    await compare(
      bench,
      {
        name: `script tag to ready, ${line.name}${slowdown > 1 ? `, processor ${slowdown}× slower` : ''}`,
        unit: 'ms',
        rounds: Math.min(bench.rounds, most),
      },
      names.map((name) => ({
        name,
        measure: inNewTab(browser, (tab) =>
          tagToReady(tab, `http://localhost:${port}/shop/${VARIANTS[name].script}`, slowdown),
        ),
        ...(name === 'kassa' && { goal: line === SLOW ? 1.02 : 1.05 }),
      })),
    );
    server.close();
  }
  await browser.close();
}
