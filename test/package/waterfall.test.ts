/**
 * Which request waits for which, with the script-tag file as published. Nothing here depends on how fast the machine is: what
 * must not be waited for is held back until the rest has been seen.
 */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { pageScripts } from '../../bench/browser.ts';
import { renderCashier } from '../../src/server/routes/render-cashier.ts';
import type { Session } from '../../src/wire/session.ts';
import { launchChromium } from '../chromium.ts';
import { PATIENCE_MS, until } from '../patience.ts';

/** Says each thing once, as early as it can: what is lost is not said again. */
const HOSTED = `<!doctype html><script>
  const told = new URLSearchParams(location.hash.slice(1));
  const embedder = told.get('embedder');
  const hello = { v: [1], id: told.get('kassa'), caps: [], load: 'first' };
  addEventListener('message', ({ ports: [port] }) => {
    if (!port) return;
    // Ready with its token, which is in its address or comes over the port.
    const ready = () => port.postMessage({ n: 1, t: 'ready', d: {} });
    port.onmessage = ({ data }) => data.t === 'session' && ready();
    if (location.search.includes('token=')) ready();
  });
  parent.postMessage({ n: 0, t: 'hello', d: hello }, embedder);
  parent.postMessage({ fixture: 'said hello' }, embedder);
</script>`;

/** Speaks in its own manner, once; one of the two says much before. */
const FOREIGN = `<!doctype html><script>
  if (location.pathname === '/chatty') for (let at = 0; at < 1000; at += 1) parent.postMessage({ at }, '*');
  parent.postMessage({ fixture: 'said paid' }, '*');
</script>`;

let browser: Browser;
let files: ReadonlyMap<string, string>;
/** What was asked for, in its order, without what follows a question mark. */
let asked: string[] = [];
let tokens: (string | null)[] = [];
/** Answers to requests for what lies at `slow`, until they are let go. */
let held: { readonly pathname: string; readonly reply: () => void }[] = [];
let slow: readonly string[] = [];
let missing: string | undefined;
let policy = '';
let shop = '';

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://shop');
  asked.push(pathname);
  const script = files.get(pathname);
  if (missing !== undefined && pathname.startsWith(missing)) return void response.writeHead(404).end();
  const send = (reply: () => void): void => {
    if (slow.some((place) => pathname.startsWith(place))) held.push({ pathname, reply });
    else reply();
  };
  if (pathname === '/pay' || pathname === '/foreign') tokens.push(searchParams.get('token'));
  if (policy && pathname === '/') response.setHeader('content-security-policy', policy);
  const html = { '/': shop, '/pay': HOSTED, '/foreign': FOREIGN, '/chatty': FOREIGN }[pathname];
  if (html !== undefined) send(() => response.setHeader('content-type', 'text/html').end(html));
  else if (pathname === '/session') send(() => response.end(JSON.stringify(sessionWith('minted'))));
  else send(() => answer(response, script));
});

function answer(response: ServerResponse, script: string | undefined): void {
  if (script === undefined) response.writeHead(404).end();
  else response.setHeader('content-type', 'text/javascript').end(script);
}

const port = (): number => (server.address() as AddressInfo).port;
const sessionWith = (token: string, page = '/pay'): Session => ({
  token,
  flow: 'deposit',
  trackingId: 'order-1',
  cashierUrl: `http://127.0.0.1:${port()}${page}`,
});

before(async () => {
  files = await pageScripts('kassa');
  await new Promise<void>((resolve) => server.listen(0, resolve));
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

let page: Page;

const LISTENING = `<!doctype html><body><script>
  const events = [];
  const listen = (cashier) => {
    for (const name of ['ready', 'outcome']) cashier.addEventListener('kassa-' + name, () => events.push(name));
    cashier.addEventListener('kassa-error', ({ error }) => events.push(error.code));
  };
  addEventListener('message', ({ data }) => data.fixture && events.push(data.fixture));
</script>`;
const SCRIPT_TAG = '<script type="module" src="/kassa.js"></script>';

/** One tag, set like this. */
const tagSet = (set: string, session: object): string => `<script>
  const given = ${JSON.stringify(session)};
  const cashier = document.createElement('kassa-cashier');
  listen(cashier);
  ${set}
  document.body.append(cashier);
</script>`;

const visit = (set: string, session: object = sessionWith('first')): Promise<void> =>
  visitHtml(tagSet(set, session));

/** A page of the shop with this in it; what happens is told in `events`. */
async function visitHtml(html: string): Promise<void> {
  asked = [];
  tokens = [];
  shop = [LISTENING, html, SCRIPT_TAG].join('\n');
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  // The scripts have run then; the frame may still be held back.
  await page.goto(`http://localhost:${port()}/`, { waitUntil: 'domcontentloaded' });
}

afterEach(async () => {
  release();
  missing = undefined;
  policy = '';
  await page.close();
});

const hold = (...places: readonly string[]): void => {
  slow = places;
};
/** What is held, and what will be asked for: all of it, or what lies at one place. */
const release = (place = ''): void => {
  slow = slow.filter((it) => !it.startsWith(place));
  const waiting = held.filter(({ pathname }) => pathname.startsWith(place));
  held = held.filter((it) => !waiting.includes(it));
  for (const { reply } of waiting) reply();
};
const events = (): Promise<readonly string[]> => page.evaluate('[...events]');
const heard = (name: string) => until(async () => (await events()).includes(name), name);
const frames = (): Promise<number> => page.evaluate('cashier.shadowRoot.querySelectorAll("iframe").length');
const timesAsked = (path: string): number => asked.filter((it) => it === path).length;
const chunks = (): readonly string[] => asked.filter((path) => path.startsWith('/chunks/'));

const GIVEN = 'cashier.session = given';

/** The element itself. */
const WHOLE = '/chunks/whole-';

/** Until the hosted page is there, and the element is not. */
async function visitBare(set: string): Promise<void> {
  hold(WHOLE);
  await visit(set);
  await heard('said hello');
}

test('the hosted page is asked for without waiting for any chunk, and is used when they have come', async () => {
  hold('/chunks/');
  await visit(GIVEN);
  await heard('said hello');
  assert.deepEqual(tokens, ['first']);
  const early = chunks();
  assert.ok(early.length > 0, 'there is a chunk to wait for');
  assert.ok(!(await events()).includes('ready'));
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['first'], 'loaded once');
  // All that is needed was asked for at once: no chunk asks for another.
  assert.deepEqual(chunks(), early);
  assert.equal(await frames(), 1);
});

test('so it is as soon as the shop’s route has answered, which no chunk is waited for either', async () => {
  hold('/chunks/');
  await visit('cashier.sessionUrl = "/session"');
  await heard('said hello');
  assert.deepEqual(tokens, ['minted']);
  assert.ok(!(await events()).includes('ready'));
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['minted']);
});

test('a page whose address the tag knows is asked for before the route has answered, and without waiting for any chunk', async () => {
  hold('/chunks/', '/session');
  await visit(`cashier.sessionUrl = "/session"; cashier.cashierUrl = given.cashierUrl`);
  await heard('said hello');
  assert.deepEqual(tokens, [null]);
  release();
  await heard('ready');
  assert.deepEqual(tokens, [null], 'loaded once');
  assert.equal(await frames(), 1);
});

test('what a page says in its own manner, once and before there is anybody to hear it, is heard', async () => {
  hold('/chunks/');
  const dialect = 'cashier.dialect = () => ({ type: "status", data: { status: "succeeded" } })';
  await visit(`${GIVEN}; ${dialect}`, sessionWith('first', '/foreign'));
  await heard('said paid');
  release();
  await heard('outcome');
});

test('so is the last word of a page that says more than is kept until there is somebody to hear it', async () => {
  hold('/chunks/');
  const dialect =
    'cashier.dialect = ({ at }) => at === undefined ? { type: "status", data: { status: "succeeded" } } : undefined';
  await visit(`${GIVEN}; ${dialect}`, sessionWith('first', '/chatty'));
  await heard('said paid');
  release();
  await heard('outcome');
});

test('a frame that the page’s HTML holds is taken over without a reload, though the chunk comes later', async () => {
  hold('/chunks/', '/pay');
  const origin = `http://localhost:${port()}`;
  const html = renderCashier(sessionWith('first'), { origin });
  await visitHtml(`${html}<script>listen(document.querySelector('kassa-cashier'))</script>`);
  // Its frame is there before any script. Who says hello then says it again; this page says it once.
  await until(() => chunks().length > 0, 'the script has run');
  release('/pay');
  await heard('said hello');
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['first'], 'loaded once');
  assert.equal(await page.evaluate('document.querySelectorAll("iframe").length'), 1);
});

test('a session that takes the place of another while the chunk comes has the one frame, and the other page no word', async () => {
  hold(WHOLE);
  await visit('let turn = 0; cashier.session = () => turn++ ? { ...given, token: "second" } : given');
  await heard('said hello');
  await page.evaluate('cashier.reload()');
  release();
  await until(() => tokens.length === 2, 'another token');
  await heard('ready');
  assert.deepEqual(tokens, ['first', 'second']);
  assert.equal(await frames(), 1);
});

test('a frame that the page’s policy forbids is told as such, though the chunk comes later', async () => {
  hold('/chunks/');
  policy = "frame-src 'none'";
  await visit(GIVEN);
  await until(() => chunks().length > 0, 'the chunk is asked for');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  release();
  await heard('csp-blocked');
});

// Issue 17.3: the element is fetched behind the class that is there at once.
const modal = (set: string): string => `${set}; cashier.display = "modal"`;
const state = (): Promise<string> => page.evaluate('cashier.state');

test('what a tag is told before its element is there is done when it is', async () => {
  hold(WHOLE);
  await visit(modal(GIVEN));
  assert.equal(await page.evaluate('customElements.get("kassa-cashier") === cashier.constructor'), true);
  assert.deepEqual(await page.evaluate('cashier.diagnostics()'), []);
  await page.evaluate('cashier.result().then(({ kind }) => events.push(kind)); cashier.show()');
  assert.equal(await state(), 'idle');
  assert.deepEqual(tokens, [], 'not opened by anybody but the element');
  release();
  await heard('ready');
  assert.equal(await state(), 'ready');
  await page.evaluate('cashier.close()');
  await heard('cancelled');
});

test('so is what it is told by its attributes and properties, whenever it was made', async () => {
  hold(WHOLE);
  await visit(modal('cashier.setAttribute("theme", "dark"); cashier.timeoutMs = 1234'));
  await page.evaluate(
    'late = document.createElement("kassa-cashier"); late.setAttribute("flow", "withdrawal")',
  );
  release();
  await until(() => page.evaluate('cashier.theme === "dark"'), 'whole');
  const read =
    '[cashier.timeoutMs, cashier.display, cashier.hasOwnProperty("timeoutMs"), late.flow, late.open]';
  assert.deepEqual(await page.evaluate(read), [1234, 'modal', false, 'withdrawal', false]);
  await page.evaluate(
    'after = document.createElement("kassa-cashier"); after.setAttribute("theme", "light")',
  );
  assert.deepEqual(await page.evaluate('[after.theme, after.state, after.isConnected]'), [
    'light',
    'idle',
    false,
  ]);
});

test('the class that is there at once knows each attribute and each property of the element', async () => {
  hold(WHOLE);
  await visit(GIVEN);
  await page.evaluate('first = customElements.get("kassa-cashier")');
  const known = await page.evaluate<string[]>('Object.getOwnPropertyNames(first.prototype)');
  release();
  await heard('ready');
  const [attributes, observed, properties] = await page.evaluate<[string[], string[], string[]]>(
    'const element = Object.getPrototypeOf(first); [first, element].map((it) => it.observedAttributes).concat([[...element.elementProperties.keys()]])',
  );
  assert.deepEqual(attributes, observed);
  // A framework writes an attribute where it finds no property of a name.
  for (const name of properties) assert.ok(known.includes(name), name);
  const own = 'Object.getOwnPropertyNames(first.prototype).filter((name) => !name.endsWith("Callback"))';
  assert.deepEqual(await page.evaluate(own), ['constructor']);
});

test('the shop’s route is asked once, though it is asked before there is an element to hear the answer', async () => {
  await visitBare('cashier.sessionUrl = "/session"');
  release();
  await heard('ready');
  assert.equal(timesAsked('/session'), 1);
  assert.deepEqual(tokens, ['minted']);
});

test('so is a function', async () => {
  await visitBare('let times = 0; cashier.session = () => (times += 1, Promise.resolve(given))');
  release();
  await heard('ready');
  assert.equal(await page.evaluate('times'), 1);
});

test('another session that is given before the element is there is the one that is opened', async () => {
  await visitBare(GIVEN);
  await page.evaluate('cashier.session = { ...given, token: "second", trackingId: "order-2" }');
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['first', 'second']);
  assert.equal(await frames(), 1);
  assert.equal(await page.evaluate('cashier.trackingId'), 'order-2');
});

test('a session that comes for a tag which was given another meanwhile opens nothing', async () => {
  hold(WHOLE, '/session');
  await visit('cashier.sessionUrl = "/session"');
  await until(() => asked.includes('/session'), 'asked');
  await page.evaluate('cashier.session = given');
  release('/session');
  await page.evaluate('fetch("/session")');
  assert.equal(await page.evaluate('cashier.shadowRoot?.querySelector("iframe") ?? null'), null);
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['first']);
});

test('a tag that is taken away before its element is there has no frame, then or later', async () => {
  await visitBare(GIVEN);
  await page.evaluate('cashier.remove()');
  assert.equal(await frames(), 0);
  release();
  await until(() => page.evaluate('cashier.renderRoot === undefined && "timeoutMs" in cashier'), 'whole');
  assert.equal(await state(), 'idle');
  assert.equal(await frames(), 0);
  await page.evaluate('cashier.session = { ...given, token: "second" }; document.body.append(cashier)');
  await heard('ready');
  assert.deepEqual(tokens, ['first', 'second']);
});

test('a tag that becomes a modal, or gets a payment, before its element is there keeps nothing of its frame', async () => {
  for (const change of [
    'cashier.display = "modal"',
    'cashier.payment = { trackingId: "p", transaction_status: "pending" }',
  ]) {
    await visitBare(GIVEN);
    await page.evaluate(change);
    release();
    await until(async () => (await frames()) === 0, change);
    assert.deepEqual(tokens, ['first']);
  }
});

test('an element that does not come is told to the page and to the shopper', async () => {
  missing = WHOLE;
  await visit(GIVEN);
  await heard('frame-timeout');
  const note = page.locator('kassa-cashier').getByRole('alert');
  assert.equal(await note.textContent(), 'The payment page cannot be shown');
  assert.ok(((await note.boundingBox())?.y ?? 640) < 100, 'where the cashier begins');
  assert.equal(await page.locator('kassa-cashier iframe').isVisible(), false);
});

test('so is one that hangs', async () => {
  hold(WHOLE);
  await visit(`${GIVEN}; const wait = setTimeout; window.setTimeout = (run, ms) => wait(run, ms / 100)`);
  await heard('frame-timeout');
  release();
  await heard('ready');
  assert.equal(await page.locator('kassa-cashier').getByRole('alert').count(), 0);
});

test('until the element is there its frame has its place, unseen, and then the same', async () => {
  await visitBare(GIVEN);
  const frame = page.locator('kassa-cashier iframe');
  const box = (): Promise<unknown> =>
    frame.evaluate((it) => [it.getBoundingClientRect().height, it.getBoundingClientRect().width]);
  const before = await box();
  assert.deepEqual(before, [640, await page.evaluate('document.body.clientWidth')]);
  assert.equal(await frame.isVisible(), false);
  release();
  await heard('ready');
  assert.deepEqual(await box(), before);
  assert.equal(await frame.isVisible(), true);
  assert.equal(await frame.getAttribute('style'), null);
});

test('a press of its trigger before the element is there opens it, and does nothing else', async () => {
  hold(WHOLE);
  await visit(`${modal(GIVEN)}; cashier.innerHTML = '<a slot="trigger" href="/elsewhere"><b>Pay</b></a>'`);
  await page.getByText('Pay').click();
  await page.getByText('Pay').click();
  assert.equal(await page.evaluate('location.pathname'), '/');
  release();
  await heard('ready');
  assert.deepEqual(tokens, ['first'], 'opened once');
});

test('a session that was asked for before the element was there, and not used then, is not used later', async () => {
  await visitBare('cashier.sessionUrl = "/session"');
  await page.evaluate('cashier.display = "modal"');
  release();
  await until(async () => (await frames()) === 0, 'its frame is gone');
  // A token may have ended by then.
  await page.evaluate('cashier.show()');
  await heard('ready');
  assert.equal(timesAsked('/session'), 2);
  assert.equal(await frames(), 1);
});

test('a tag that is moved before its element is there asks for no other session', async () => {
  await visitBare('cashier.sessionUrl = "/session"');
  await page.evaluate('document.body.prepend(cashier)');
  // The browser loads a frame that is moved anew.
  await until(() => tokens.length === 2, 'loaded anew');
  release();
  await heard('ready');
  assert.equal(timesAsked('/session'), 1);
  assert.deepEqual(tokens, ['minted', 'minted']);
  assert.equal(await frames(), 1);
});
