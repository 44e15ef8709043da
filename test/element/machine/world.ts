/**
 * A world around the machine for one random life: a shop's route, a hosted page, a backend and a page with listeners that
 * call back into the element in the middle of what it tells, all with clocks that may be wrong. Time is a number here.
 */
import { CashierError } from '../../../src/element/errors.ts';
import { type Effect, INITIAL, type Input, type State, step } from '../../../src/element/machine/machine.ts';
import { inTurn } from '../../../src/element/machine/turns.ts';

/** Small, fast and good enough to shuffle with (mulberry32). */
export function randomFrom(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Due {
  readonly at: number;
  readonly input: Input;
  /** What takes it back: the frame, the question, the feed or the timer that it comes from. */
  readonly from: string;
}

export interface Told {
  readonly at: number;
  readonly effect: Effect;
  /** Which session it was told in, counted from 1. */
  readonly session: number;
  /** The shopper has been in the page that is open, and it has not said hello. */
  readonly used: boolean;
}

const SHOPPER: readonly Input[] = [
  { type: 'open' },
  { type: 'close', by: 'shopper' },
  { type: 'close', by: 'page' },
  { type: 'retry' },
  { type: 'detach' },
  { type: 'source' },
  { type: 'prewarm' },
  { type: 'open' },
];
/** A payment that comes from the shop's backend. */
const CHARGED: Input = {
  type: 'resume',
  phase: 'busy',
  session: { trackingId: 'charged', verifiable: true },
};
const LIVES_MS = [-1_800_000, -1, 0, 20_000, 59_000, 61_000, 1_800_000, NaN];

export class World {
  state: State = INITIAL;
  now = 0;
  /** Whatever was asked for and told, in order. */
  readonly told: Told[] = [];
  /** The page and the shopper do nothing any more: all that comes now is the consequence. */
  isQuiet = false;
  readonly #random: () => number;
  readonly #due: Due[] = [];
  readonly #skew: number;
  #sessions = 0;
  #asksToClose = false;
  #minted = 0;
  #calls = 0;
  #isSilent = true;
  #isUsed = false;
  readonly #turns = inTurn<Input>((input) => this.#take(input));

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    // The clock of the device is right, or wrong by half an hour or a little less.
    this.#skew = this.#pick([0, 0, -1_800_000, -1_770_000, 1_800_000]);
  }

  send(input: Input): void {
    if (!this.#asksToClose || input.type !== 'close') this.#turns.take(input);
  }

  /** Somebody does something, now. */
  act(): void {
    this.send(this.#chance(0.1) ? CHARGED : this.#pick(SHOPPER));
  }

  /** Lets the world go on for so long. */
  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#due.reduce<Due | undefined>(
        (first, due) => (!first || due.at < first.at ? due : first),
        undefined,
      );
      if (!next || next.at > end) break;
      this.#due.splice(this.#due.indexOf(next), 1);
      this.now = Math.max(this.now, next.at);
      this.send(next.input);
    }
    this.now = end;
  }

  get waits(): readonly string[] {
    return this.#due.map(({ from }) => from);
  }

  #take(input: Input): void {
    const before = this.state;
    const { state, effects } = step(before, input);
    const begins = state.phase !== 'idle' && !state.outcome;
    if (begins && (before.phase === 'idle' || before.outcome)) this.#sessions += 1;
    this.state = state;
    if (input.type === 'hello') this.#isSilent = false;
    const isTouched = input.type === 'touched' && !before.outcome;
    this.#isUsed = this.#isSilent && (this.#isUsed || isTouched);
    // A page that says no more after "money moves", as `frame/lock.ts` hears it.
    if (input.type === 'frame-busy') {
      this.#cancel('lock');
      if (input.locked) {
        this.#later('lock', { type: 'returned' }, 0, 30_000);
        this.#later('lock', { type: 'frame-error', error: CashierError.of('frame-timeout') }, 0, 30_001);
      }
    }
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    this.told.push({ at: this.now, effect, session: this.#sessions, used: this.#isUsed });
    if (effect.do === 'tell-outcome') this.#isUsed = false;
    switch (effect.do) {
      case 'fetch-session':
        this.#cancel('fetch');
        this.#later('fetch', this.#chance(0.8) ? this.#session() : FAILED, 300);
        break;
      case 'open-frame':
        this.#isSilent = true;
        this.#cancel('frame');
        this.#cancel('lock');
        this.#speak();
        break;
      case 'send-session':
        if (this.#chance(0.8)) this.#later('frame', { type: 'frame-ready' }, 200);
        if (this.#chance(0.2)) this.#later('frame', { type: 'token-expired' }, 500);
        break;
      case 'close-frame':
        this.#cancel('frame');
        this.#cancel('lock');
        this.#cancel('fetch');
        break;
      case 'start-feed':
        this.#cancel('feed');
        for (const report of REPORTS) if (this.#chance(0.2)) this.#later('feed', report, 90_000);
        break;
      case 'stop-feed':
        this.#cancel('feed');
        break;
      case 'start-timer':
        this.#cancel(effect.name);
        this.#later(effect.name, { type: 'timer', name: effect.name }, 0, effect.ms ?? 15_000);
        break;
      case 'stop-timer':
        this.#cancel(effect.name);
        break;
      case 'ask-close':
        this.#asksToClose = true;
        this.#listen();
        if (this.isQuiet || this.#chance(0.7)) this.#turns.take({ type: 'close-agreed' }, true);
        this.#asksToClose = false;
        break;
      case 'ask-renew':
        this.#listen();
        if (this.isQuiet || this.#chance(0.8)) this.#turns.take({ type: 'renew' }, true);
        break;
      default:
        if (effect.do.startsWith('tell-')) this.#listen();
    }
  }

  /** Listeners that call back. */
  #listen(): void {
    while (!this.isQuiet && this.#calls < 60 && this.#chance(0.4)) {
      this.#calls += 1;
      this.act();
    }
  }

  /** What a hosted page says from its beginning, if it says anything. */
  #speak(): void {
    if (this.#chance(0.1)) return;
    this.#later('frame', { type: 'loaded', usable: this.#chance(0.2) }, 400);
    if (this.#chance(0.3)) this.#later('frame', { type: 'touched' }, 15_000, 400);
    if (this.#chance(0.1)) return;
    this.#later('frame', { type: 'hello' }, 0, 500);
    for (const word of WORDS) if (this.#chance(0.5)) this.#later('frame', word, 60_000, 501);
    if (!this.#chance(0.1)) this.#later('frame', { type: 'frame-ready' }, 100, 501);
  }

  #session(): Input {
    const again = this.#minted > 0 && this.#chance(0.3);
    if (!again) this.#minted += 1;
    const life = this.#pick(LIVES_MS) + this.#skew;
    const trackingId = `order-${this.#chance(0.8) ? 1 : this.#minted}`;
    return {
      type: 'session',
      session: {
        trackingId,
        verifiable: this.#chance(0.8),
        ...(Number.isFinite(life) && { expiresInMs: life }),
      },
      moved: this.#chance(0.1),
      again,
    };
  }

  #later(from: string, input: Input, within: number, after = 0): void {
    this.#due.push({ at: this.now + after + this.#random() * within, input, from });
  }

  #cancel(from: string): void {
    for (let at = this.#due.length - 1; at >= 0; at -= 1) {
      if (this.#due[at]?.from === from) this.#due.splice(at, 1);
    }
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }
}

const FAILED: Input = { type: 'session-failed', error: CashierError.of('session-failed') };
const REPORTS: readonly Input[] = [
  { type: 'report', status: 'pending', rawStatus: '' },
  { type: 'report', status: 'pending', rawStatus: 'pending' },
  { type: 'report', status: 'succeeded', rawStatus: 'successful' },
  { type: 'report', status: 'failed', rawStatus: 'rejected' },
];
const WORDS: readonly Input[] = [
  { type: 'frame-busy', locked: true },
  { type: 'frame-busy', locked: false },
  { type: 'hint', status: 'pending' },
  { type: 'hint', status: 'succeeded' },
  { type: 'hint', status: 'failed' },
  { type: 'token-expired' },
  { type: 'close', by: 'frame' },
];
