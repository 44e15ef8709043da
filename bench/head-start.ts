/**
 * Three head starts, each against the same cashier without it, in the same run: a page that is loaded before the click
 * (`prewarm`), from click to usable, with a token at hand and with one that the click has to ask for; and a frame in the
 * shop's own HTML (adoption), from the shop's page to usable, on a line that shop and hosted page are both behind; and a page
 * that is loaded beside the request for its session (`cashier-url`), on the same line, against the longer of the two.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {} from 'kassa/define';
import { renderCashier } from 'kassa/server';
import type { Session } from '../src/wire/session.ts';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/chromium.ts';
import { frameHtml, inNewTab, pageScripts } from './browser.ts';
import { answerOver, type Line, LOOPBACK, SLOW } from './line.ts';
import { type Bench, compare } from './report.ts';

interface Shop {
  readonly url: string;
  close(): void;
}

async function serve(line: Line): Promise<Shop> {
  const files = await pageScripts('kassa', 'frame');
  const answerTo = answerOver(line);
  const server: Server = createServer((request, response) => {
    const answer = (type: string, text: string): void => answerTo(request, response, type, text);
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
      answer(
        'text/html',
        `<!doctype html><meta charset="utf-8"><body>${READY}${body}<script type="module" src="/kassa.js"></script>`,
      );
    };
    const json = JSON.stringify(session);
    const modal = '<kassa-cashier session-url="/session" display="modal"';
    const mint = (): void => void setTimeout(() => answer('application/json', json), MINT_MS);
    const inline = '<kassa-cashier session-url="/mint"';
    if (script !== undefined) answer('text/javascript', script);
    else if (pathname === '/mint') mint();
    else if (pathname === '/after') html(`${inline}></kassa-cashier>`);
    else if (pathname === '/beside') html(`${inline} cashier-url="${session.cashierUrl}"></kassa-cashier>`);
    else if (pathname === '/minted') html(MINTED);
    else if (pathname === '/session') answer('application/json', json);
    else if (pathname === '/frame') answer('text/html', frameHtml());
    else if (pathname === '/cold') html(`${modal}></kassa-cashier>`);
    else if (pathname === '/warm') html(`${modal} prewarm></kassa-cashier>`);
    else if (pathname === '/served') html(renderCashier(session, { origin: shop }));
    else if (pathname === '/script') {
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
  benchStart = performance.now();
  benchReady = new Promise((done) => addEventListener('kassa-ready', () => done(performance.now())));
</script>`;

/** The gateway behind the shop's session route takes its time. */
const MINT_MS = 300;

/** How long the session alone takes, asked for as soon as the tag's script is there. */
const MINTED = `<kassa-cashier></kassa-cashier><script>
  benchReady = new Promise((done) => {
    document.querySelector('kassa-cashier').session = async () => {
      const response = await fetch('/mint', { method: 'POST' });
      const session = await response.json();
      done(performance.now());
      return session;
    };
  });
</script>`;

type BenchWindow = Window & { readonly benchStart: number; readonly benchReady: Promise<number> };

async function clickToReady(tab: Page, url: string): Promise<number> {
  await tab.goto(url);
  await tab.waitForTimeout(700);
  return tab.evaluate(async () => {
    const start = performance.now();
    document.querySelector('kassa-cashier')?.show();
    return (await (window as unknown as BenchWindow).benchReady) - start;
  });
}

/** What the click costs beside the shop's own round trip. */
async function clickWithTokenToReady(tab: Page, url: string): Promise<number> {
  await tab.goto(url);
  await tab.waitForTimeout(700);
  return tab.evaluate(async () => {
    const response = await fetch('/session', { method: 'POST' });
    const session = (await response.json()) as Session;
    const tag = document.querySelector('kassa-cashier');
    if (tag) tag.session = () => Promise.resolve(session);
    await tag?.updateComplete;
    const start = performance.now();
    tag?.show();
    return (await (window as unknown as BenchWindow).benchReady) - start;
  });
}

/** From the first byte of the shop's page on: what comes before is the same for both. */
async function pageToReady(tab: Page, url: string): Promise<number> {
  await tab.goto(url, { waitUntil: 'commit' });
  return tab.evaluate(async () => {
    const { benchStart, benchReady } = window as unknown as BenchWindow;
    return (await benchReady) - benchStart;
  });
}

const MOST_ROUNDS = 15;

/** What is measured, where, and on which pages: the floor first, which is without the head start. Of two the longer counts. */
const HEAD_STARTS = [
  {
    name: 'click to ready of a modal, a token at hand',
    line: LOOPBACK,
    pages: ['cold', 'warm'],
    measure: clickWithTokenToReady,
  },
  {
    name: 'click to ready of a modal, the token asked for on the click',
    line: LOOPBACK,
    pages: ['cold', 'warm'],
    measure: clickToReady,
  },
  { name: `page to ready, ${SLOW.name}`, line: SLOW, pages: ['script', 'served'], measure: pageToReady },
  {
    name: `page to ready with a mint of ${MINT_MS} ms, ${SLOW.name}; the floor is the longer of page and mint`,
    line: SLOW,
    pages: ['script minted', 'beside', 'after'],
    measure: pageToReady,
  },
] as const;

export async function benchHeadStart(bench: Bench): Promise<void> {
  const browser = await launchChromium();
  const rounds = Math.min(bench.rounds, MOST_ROUNDS);
  for (const { name, line, pages, measure } of HEAD_STARTS) {
    const shop = await serve(line);
    await compare(
      bench,
      { name, unit: 'ms', rounds },
      pages.map((page) => ({
        name: page,
        measure: async () => {
          const times: number[] = [];
          for (const path of page.split(' '))
            times.push(await inNewTab(browser, (tab) => measure(tab, `${shop.url}/${path}`))());
          return Math.max(...times);
        },
      })),
    );
    shop.close();
  }
  await browser.close();
}
