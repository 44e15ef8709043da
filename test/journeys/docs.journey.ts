/** The page's code of the documentation, on an empty page of the shop, as it stands: a shopper pays with it. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import ts from 'typescript';
import { blocksOf } from '../docs/pages.ts';
import { CARDS, fillCard, pressPay } from './shop.ts';
import { expect, test } from './test.ts';

/** At another address than the page's own tag has it, which is left out. */
const ELEMENT = '/kassa.js?docs';

/** The block of a page that holds this text, as a browser runs it. */
async function codeOf(path: string, holding: string): Promise<string> {
  const block = blocksOf(path, await readFile(path, 'utf8')).find(({ code }) => code.includes(holding));
  if (!block) throw new Error(`${path} has no code with ${holding}`);
  const { outputText } = ts.transpileModule(block.code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  // What a bundler would do with the name.
  return outputText.replace(/'kassa\/define'/g, `'${ELEMENT}'`);
}

/** A page of the shop with nothing on it but this. Not one that Playwright makes up: that would be of no network at all. */
async function openEmpty(page: Page, html: string, code: string): Promise<void> {
  await page.route('**/thanks', (route) => route.fulfill({ contentType: 'text/html', body: 'Thanks' }));
  await page.route('**/kassa.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto('/plain.html');
  await page.evaluate((body) => (document.body.innerHTML = body), html);
  await page.addScriptTag({ type: 'module', content: code });
}

async function pay(page: Page): Promise<void> {
  const cashier = page.frameLocator('kassa-cashier iframe');
  await fillCard(cashier, CARDS.pays);
  await pressPay(cashier);
}

const TAG = '<kassa-cashier session-url="/kassa/session"></kassa-cashier>';

test('tag.md: an element made by script opens, and its result is the outcome', async ({ page }) => {
  const said = page.waitForEvent('console', (message) => message.text().startsWith('succeeded'));
  await openEmpty(page, '', await codeOf('docs/tag.md', 'cashier.result()'));
  await pay(page);
  expect((await said).text()).toBe('succeeded true');
});

test('events.md: whoever has paid is thanked', async ({ page }) => {
  await openEmpty(page, TAG, await codeOf('docs/events.md', "'kassa-outcome'"));
  await pay(page);
  await page.waitForURL('**/thanks');
});

test('README.md: whoever has paid is thanked', async ({ page }) => {
  const code = await codeOf('README.md', "'kassa-outcome'");
  await openEmpty(page, TAG, `import '${ELEMENT}';\n${code}`);
  await pay(page);
  await page.waitForURL('**/thanks');
});

test('migrate/iframe.md: a token that the shop mints itself, and an outcome that nobody verified', async ({
  page,
}) => {
  const code = await codeOf('docs/migrate/iframe.md', 'yourApi.mint()');
  await page.addInitScript(() => {
    const mint = async () => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: '{"flow":"deposit"}' };
      const session = (await (await fetch('/kassa/session', init)).json()) as Record<string, string>;
      // The gateway's real address, which the page cannot know.
      Object.assign(window, { cashierUrl: session.cashierUrl });
      return { token: session.token, orderId: session.trackingId };
    };
    Object.assign(window, { yourApi: { mint } });
  });
  const ended = page.waitForEvent('console', (message) => message.text().startsWith('ended'));
  await openEmpty(
    page,
    '<kassa-cashier></kassa-cashier>',
    `${code.replace("'https://cashier.example/cashier'", 'window.cashierUrl')}
    const { kind, verified } = await document.querySelector('kassa-cashier').result();
    console.log('ended', kind, verified);`,
  );
  await pay(page);
  expect((await ended).text()).toBe('ended succeeded false');
});
