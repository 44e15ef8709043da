/** `kassa/react` in a page that a server rendered, from the source, in a real browser. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { build, type Rolldown } from 'vite';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { createKassa } from '../../src/server/routes/kassa.ts';
import { toNodeHandler } from '../../src/server/routes/node.ts';
import { App } from '../fixtures/react/app.ts';
import { gatewayOf, order } from '../sandbox/running.ts';
import { pressEscape } from './press.ts';
import { expect, test } from './test.ts';

let sandbox: RunningSandbox;
let server: Server;
let shop: string;

/** The whole page in one script, as a bundler makes it for development: React then says what it dislikes. */
async function bundle(): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL('../fixtures/react/page.ts', import.meta.url)),
        output: { codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}

const html = (mode: string, waits: boolean): string => {
  const app = renderToString(createElement(StrictMode, null, createElement(App, { mode })));
  const data = `data-mode="${mode}"${waits ? ' data-waits' : ''}`;
  return `<!doctype html><div id="root" ${data}>${app}</div><script type="module" src="/react.js"></script>`;
};

test.beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  const script = await bundle();
  const gateway = gatewayOf(sandbox, { now: Date.now });
  const { trackingId: _, ...payable } = order('');
  const kassa = toNodeHandler(createKassa({ gateway, order: () => payable }).fetch);
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/kassa/')) {
      kassa(request, response);
      return;
    }
    const isScript = url.pathname === '/react.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : html(url.searchParams.get('mode') ?? '', url.searchParams.has('waits')));
  });
  await once(server.listen(0, 'localhost'), 'listening');
  shop = `http://localhost:${(server.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});

/** What React and the browser complain of, meanwhile. */
async function open(page: Page, mode: string): Promise<readonly string[]> {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${shop}/?mode=${mode}`);
  return faults;
}

const cardNumber = (page: Page) => page.frameLocator('kassa-cashier iframe').getByLabel('Card number');
const countSessions = (page: Page): string[] => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/kassa/session') && request.method() === 'POST') asked.push(request.url());
  });
  return asked;
};

// B7
test('the tag is at work before React is, and hydration changes nothing of it', async ({ page }) => {
  const faults = await open(page, 'attribute&waits');
  const asked = countSessions(page);
  await expect(cardNumber(page)).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('hydrate')));
  await expect(page.locator('#state')).toHaveText('render 1, open false, ref kassa-cashier');
  await expect(page.locator('kassa-cashier')).toHaveClass('checkout');
  await expect(cardNumber(page)).toBeVisible();
  expect(asked).toEqual([]);
  expect(faults).toEqual([]);
});

test('handlers are those of the last render, and a prop that goes away is its default again', async ({
  page,
}) => {
  const faults = await open(page, 'attribute');
  await expect(page.getByRole('listitem')).toHaveText('ready in render 1');
  await page.getByRole('button', { name: 'Render' }).click();
  await page.locator('kassa-cashier').evaluate((tag) => tag.dispatchEvent(new Event('kassa-ready')));
  await expect(page.getByRole('listitem').last()).toHaveText('ready in render 2');
  const theme = () => page.evaluate(() => document.querySelector('kassa-cashier')?.theme);
  await expect.poll(theme).toBe('dark');
  await page.getByRole('button', { name: 'Theme' }).click();
  await expect.poll(theme).toBe('auto');
  expect(faults).toEqual([]);
});

test('a card that the backend charged is followed once, however often the page renders', async ({ page }) => {
  const faults = await open(page, 'card');
  await expect(page.getByRole('listitem')).toHaveText('outcome succeeded');
  await page.getByRole('button', { name: 'Render' }).click();
  await expect(page.locator('#state')).toHaveText(/render 2/);
  await page.waitForTimeout(200);
  await expect(page.getByRole('listitem')).toHaveCount(1);
  expect(faults).toEqual([]);
});

test('a modal opens and closes by its prop, and stays as the shopper left it', async ({ page }) => {
  const faults = await open(page, 'modal');
  const toggle = () => page.locator('button', { hasText: 'Toggle' }).dispatchEvent('click');
  await expect(page.locator('#state')).toHaveText(/ref kassa-cashier/);
  await toggle();
  await expect(cardNumber(page)).toBeVisible();
  pressEscape(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'closed' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Render' }).click();
  await expect(cardNumber(page)).toBeHidden();
  await toggle();
  await toggle();
  await expect(cardNumber(page)).toBeVisible();
  expect(faults).toEqual([]);
});
