/** What more elements on a page cost, and what is left of those that are gone, beside frames that a few lines make. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../test/chromium.ts';
import { inNewTab, pageScripts } from './browser.ts';
import { grow, tellGrowth } from './growth.ts';
import { answerOver, LOOPBACK } from './line.ts';
import type { MountsWindow } from './pages/mounts.ts';
import { type Bench, tell } from './report.ts';

/** The floor first: what an element without a library costs. */
const NAMES = ['bare iframe', 'bare element', 'kassa'];

interface Shop {
  readonly browser: Browser;
  readonly url: string;
  close(): Promise<void>;
}

async function open(): Promise<Shop> {
  const files = await pageScripts('kassa', 'mounts', 'frame');
  // One request for each frame: it is not the frame that is measured.
  const frameHtml = `<!doctype html><meta charset="utf-8"><script type="module">${files.get('/frame.js')}</script>`;
  const answerTo = answerOver(LOOPBACK);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { port } = server.address() as AddressInfo;
    const script = files.get(pathname);
    if (script !== undefined) answerTo(request, response, 'text/javascript', script);
    else if (pathname === '/frame') answerTo(request, response, 'text/html', frameHtml);
    else if (pathname === '/') answerTo(request, response, 'text/html', shopHtml(`http://localhost:${port}`));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const browser = await launchChromium();
  return {
    browser,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** A frame that stays keeps the process of the hosted site. */
const shopHtml = (hosted: string): string => `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = '${hosted}/frame';
  </script><iframe src="${hosted}/frame"></iframe><script type="module" src="/kassa.js"></script><script type="module" src="/mounts.js"></script>`;

/** What the page's process keeps, when all that nobody needs is gone. */
interface Kept {
  readonly heapKb: number;
  readonly nodes: number;
  readonly listeners: number;
  /** On the timeline, whose memory is not the heap's. The browser's own list of resources ends by itself, at 250. */
  readonly entries: number;
}

async function keptBy(tab: Page, devTools: CDPSession): Promise<Kept> {
  await devTools.send('Performance.enable');
  // What the first one ends may have kept the rest.
  for (let time = 0; time < 3; time += 1) await devTools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devTools.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapKb: of('JSHeapUsedSize') / 1_024,
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    entries: await tab.evaluate(
      () => performance.getEntries().filter(({ entryType }) => entryType !== 'resource').length,
    ),
  };
}

async function openTab(tab: Page, url: string): Promise<CDPSession> {
  await tab.goto(url);
  return tab.context().newCDPSession(tab);
}

const ELEMENTS = [1, 10, 100];

async function growElements(bench: Bench, { browser, url }: Shop): Promise<void> {
  const variant = (name: string) => ({
    name,
    async measure(count: number) {
      const context = await browser.newContext();
      try {
        const tab = await context.newPage();
        const devTools = await openTab(tab, url);
        const before = await keptBy(tab, devTools);
        const ms = await tab.evaluate(
          ([of, times]) => (window as unknown as MountsWindow).benchMountAll(of, times),
          [name, count] as const,
        );
        return { ms, heap: (await keptBy(tab, devTools)).heapKb - before.heapKb };
      } finally {
        await context.close();
      }
    },
  });
  await grow(
    bench,
    {
      name: 'cashiers on one page',
      scale: 'linear',
      of: 'cashier',
      sizes: ELEMENTS,
      measures: {
        ms: { name: 'until all are ready', unit: 'ms' },
        heap: { name: 'heap of the page', unit: 'kB' },
      },
    },
    NAMES.map(variant),
  );
}

/** In this many stretches, after each of which what is kept is counted; one more before them, as what is made once is no growth. */
const MOUNTS = Number(process.env.BENCH_MOUNTS ?? 10_000);
const STRETCHES = 10;

const LEFT = {
  heapKb: 'kB of heap',
  nodes: 'DOM nodes',
  listeners: 'listeners',
  entries: 'entries of the timeline',
} as const satisfies Record<keyof Kept, string>;

async function growMounts(bench: Bench, { browser, url }: Shop): Promise<void> {
  // The bare iframe has less to leave behind than an element, and takes as long.
  const names = NAMES.slice(1);
  const found = new Map(names.map((name) => [name, [] as Kept[]]));
  for (const name of names) {
    const measure = inNewTab(browser, async (tab) => {
      const devTools = await openTab(tab, url);
      for (let stretch = 0; stretch <= STRETCHES; stretch += 1) {
        tell(`mounts and unmounts of a ${name}: ${stretch} of ${STRETCHES}`);
        await tab.evaluate(([of, times]) => (window as unknown as MountsWindow).benchCycle(of, times), [
          name,
          MOUNTS / STRETCHES,
        ] as const);
        found.get(name)?.push(await keptBy(tab, devTools));
      }
      return 0;
    });
    await measure();
  }
  for (const key of Object.keys(LEFT) as (keyof Kept)[]) {
    tellGrowth(bench, {
      name: `left by ${MOUNTS.toLocaleString('en')} mounts and unmounts`,
      unit: LEFT[key],
      scale: 'linear',
      of: 'thousand',
      rounds: STRETCHES + 1,
      rows: names.map((name) => ({
        name,
        ...(name === 'kassa' && { goal: GOALS[key] }),
        rounds: (found.get(name) ?? []).map((kept, stretch) => [
          [(stretch * MOUNTS) / STRETCHES / 1_000, kept[key]] as const,
        ]),
      })),
    });
  }
}

/** Of each thousand; of heap, what V8 itself notes of frames that are gone, which the floor has too. */
const GOALS: Kept = { heapKb: 25, nodes: 0, listeners: 0, entries: 0 };

export async function growPage(bench: Bench): Promise<void> {
  const shop = await open();
  try {
    await growElements(bench, shop);
    await growMounts(bench, shop);
  } finally {
    await shop.close();
  }
}
