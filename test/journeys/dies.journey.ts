/**
 * The hosted page's process is killed while money moves: no event tells the page around it. Issue 13.5. Playwright gives
 * a page up once a process of it is gone, so what comes then is looked at over the devtools protocol.
 */
import type { Frame, Page } from '@playwright/test';
import { expect, worldTest as test } from './test.ts';
import { press } from './press.ts';
import { Shopper } from './shop.ts';

/** The time that a page may be silent passes when the test says so, in the shop's page only. */
const holdSilence = (page: Page) =>
  page.addInitScript(() => {
    if (window !== window.top) return;
    const held = new Map<number, () => void>();
    const later = window.setTimeout.bind(window);
    const never = window.clearTimeout.bind(window);
    window.setTimeout = ((run: () => void, ms = 0) => {
      if (ms !== 30_000) return later(run, ms);
      const id = later(() => undefined, 2_147_483_647);
      held.set(id, run);
      return id;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => {
      held.delete(Number(id));
      never(id);
    };
    Object.assign(window, {
      passSilence() {
        const due = [...held.values()];
        held.clear();
        for (const run of due) run();
      },
    });
  });

/** The renderer of a frame of another site is a process of its own: the one that works while the frame does. */
async function kill(frame: Frame): Promise<void> {
  const browser = frame.page().context().browser();
  if (!browser) throw new Error('no browser');
  const devtools = await browser.newBrowserCDPSession();
  const times = async (): Promise<ReadonlyMap<number, number>> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await frame.evaluate(() => {
    const end = performance.now() + 1_000;
    while (performance.now() < end);
  });
  const worked = [...(await times())].map(([id, time]) => ({ id, time: time - (before.get(id) ?? 0) }));
  const [hardest] = worked.sort((one, other) => other.time - one.time);
  if (!hardest) throw new Error('no renderer');
  process.kill(hardest.id, 'SIGKILL');
}

const CASHIER = `document.querySelector('kassa-cashier')`;
const CARD = `${CASHIER}.renderRoot.querySelector('[part=message]')`;

/** A payment under way in a modal, whose page is dead. What is asked of the shop's page from now on. */
async function deadWhileBusy(page: Page): Promise<(expression: string) => Promise<string>> {
  await holdSilence(page);
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  const devtools = await page.context().newCDPSession(page);
  const ask = async (expression: string): Promise<string> => {
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    return String(result.value);
  };
  await ask(`${CASHIER}.display = 'modal'`);
  await expect(page.locator('kassa-cashier dialog:modal')).toBeVisible();
  await ask(`${CASHIER}.addEventListener('kassa-outcome', ({ outcome }) => {
    document.title += ' ' + outcome.kind + ' ' + outcome.verified;
  })`);
  await press(shopper.cashier.getByRole('button', { name: 'Slow wallet' }));
  await expect.poll(() => ask(`${CASHIER}.state`)).toBe('busy');
  const frame = await page.locator('kassa-cashier iframe').elementHandle();
  const hosted = await frame.contentFrame();
  if (!hosted) throw new Error('no hosted page');
  const crashed = page.waitForEvent('crash');
  await kill(hosted);
  await crashed;
  await ask(`${CASHIER}.close()`);
  expect(await ask(`${CASHIER}.state`)).toBe('busy');
  await ask('passSilence()');
  await expect
    .poll(() => ask(`${CARD}?.textContent`))
    .toContain('The payment page stopped before it was done');
  return ask;
}

// E10
test('the lock ends in time, the shopper is told in words, and leaves with what is known', async ({
  page,
}) => {
  const ask = await deadWhileBusy(page);
  const said = await ask(`${CARD}.textContent`);
  expect(said).toContain('Please do not pay again before you know.');
  expect(said).toContain('Open the page again');
  expect(await ask(`${CARD}.querySelectorAll('a').length`)).toBe('0');
  await ask(`${CASHIER}.renderRoot.querySelector('[part=close]').click()`);
  await expect.poll(() => ask(`${CASHIER}?.state ?? 'idle'`)).toBe('idle');
  expect(await ask('document.title')).toMatch(/ (pending|unknown) false$/);
});

test('the backend is asked: what it says is the outcome, though the page is dead', async ({
  page,
  world,
}) => {
  const ask = await deadWhileBusy(page);
  await world.sandbox.advance(20_000);
  await expect.poll(() => ask('document.title')).toMatch(/ succeeded true$/);
});

test('the page can be opened again: the same payment, and no second one', async ({ page, world }) => {
  const ask = await deadWhileBusy(page);
  const before = (await world.sandbox.state()).transactions.length;
  await ask(`${CARD}.querySelector('button').click()`);
  await expect.poll(() => ask(`${CASHIER}.state`)).toMatch(/ready|busy/);
  await world.sandbox.advance(20_000);
  await expect.poll(() => ask('document.title')).toMatch(/ succeeded true$/);
  expect((await world.sandbox.state()).transactions.length).toBe(before);
});
