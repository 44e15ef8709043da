/**
 * A shopper in Playwright: drives the sandbox's hosted page through its frames, in whatever language it is shown. Fields
 * are found by what they ask for (`autocomplete`), and forms are sent with the Enter key: a click that is aimed while a
 * cross-site frame still grows is lost.
 */
import type { KassaCashier } from '../element/cashier-element.ts';
import { OUTCOME_KINDS, type Outcome } from '../model/outcome.ts';
import { CARDS } from '../model/test-cards.ts';

/** As much of Playwright's `Locator` as this needs, so that any version of it will do. */
interface Locator {
  fill(value: string): Promise<unknown>;
  press(key: string): Promise<unknown>;
  waitFor(): Promise<unknown>;
  evaluate(read: (element: HTMLElement) => unknown): Promise<unknown>;
}

interface Frame<L extends Locator> {
  locator(selector: string): L;
  frameLocator(selector: string): Frame<L>;
}

/** The element, of whatever copy of Kassa the page has. */
type Tag = HTMLElement & Pick<KassaCashier, 'outcome' | 'state' | 'show'>;

/** `Page` of `@playwright/test`, or a frame of it. */
export type PlaywrightPage<L extends Locator = Locator> = Frame<L>;

export interface CashierOptions {
  /** Which tag, where there are several. Default `kassa-cashier`. */
  readonly selector?: string;
  /** For one thing to happen. Default 30 000. */
  readonly timeoutMs?: number;
}

export interface CardDetails {
  readonly number: string;
  /** Default: three years from now. */
  readonly expiry?: string;
  /** Default `123`. */
  readonly cvc?: string;
  readonly name?: string;
}

export interface CashierOnPage {
  /** Opens a modal or a popover, as `show()` does; an inline cashier is open. */
  open(): Promise<void>;
  /** Types a card. */
  fill(card: string | CardDetails): Promise<void>;
  /** Types a card, pays, passes 3-D Secure if the card asks for it, and waits for how it ended. */
  pay(card: string | CardDetails): Promise<Outcome>;
  /** Presses Pay, and waits for nothing: for cards that hang. */
  submit(): Promise<void>;
  /** Types the bank's code, and confirms it. */
  passChallenge(code?: string): Promise<void>;
  /** How the session ended, as the page heard it in `kassa-outcome`. */
  outcome(): Promise<Outcome>;
}

/** What the bank of the sandbox takes. */
const CODE = '1234';
const ASKING: readonly string[] = [CARDS.challenge, CARDS.challengeFails];
const TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 50;
const FIELDS = { number: 'cc-number', expiry: 'cc-exp', cvc: 'cc-csc', name: 'cc-name' } as const;

/** `const cashier = cashierOn(page); await cashier.pay(CARDS.challenge)` */
export function cashierOn(
  page: PlaywrightPage,
  { selector = 'kassa-cashier', timeoutMs = TIMEOUT_MS }: CashierOptions = {},
): CashierOnPage {
  const tag = page.locator(selector);
  const hosted = page.frameLocator(`${selector} iframe`);
  const field = (asksFor: string): Locator => hosted.locator(`input[autocomplete="${asksFor}"]`);

  async function fill(given: string | CardDetails): Promise<void> {
    const card = typeof given === 'string' ? { number: given } : given;
    const details = { expiry: inThreeYears(), cvc: '123', name: 'Ada Lovelace', ...card };
    for (const name of ['number', 'expiry', 'cvc', 'name'] as const) {
      await field(FIELDS[name]).fill(details[name]);
    }
  }

  async function submit(): Promise<void> {
    // In the fields before it, Enter goes on to the next.
    await field(FIELDS.name).press('Enter');
  }

  async function passChallenge(code = CODE): Promise<void> {
    const bank = hosted.frameLocator('iframe').locator('input[autocomplete="one-time-code"]');
    await bank.fill(code);
    await bank.press('Enter');
  }

  async function outcome(): Promise<Outcome> {
    await tag.waitFor();
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const known = await tag.evaluate((element) => (element as Tag).outcome);
      if (isOutcome(known)) return known;
      if (Date.now() > deadline) throw await stillOpen(tag, timeoutMs);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  return {
    fill,
    submit,
    passChallenge,
    outcome,
    open: async () => {
      await tag.evaluate((element) => (element as Tag).show());
      await field(FIELDS.number).waitFor();
    },
    pay: async (card) => {
      await fill(card);
      await submit();
      if (ASKING.includes(typeof card === 'string' ? card : card.number)) await passChallenge();
      return outcome();
    },
  };
}

const inThreeYears = (): string => `12/${String((new Date().getFullYear() + 3) % 100).padStart(2, '0')}`;

const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  OUTCOME_KINDS.some((kind) => kind === value.kind);

async function stillOpen(tag: Locator, timeoutMs: number): Promise<Error> {
  const state = await tag.evaluate((element) => (element as Tag).state);
  return new Error(
    `The cashier has no outcome after ${timeoutMs / 1_000} s; its state is ${JSON.stringify(state)}. ` +
      'Does the sandbox reach your webhook route, and is the tag’s session-url answered?',
  );
}
