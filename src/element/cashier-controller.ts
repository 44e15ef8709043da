/**
 * Runs the machine of one element: turns what frame, feed, timers and page say into inputs, and performs the effects.
 * It decides nothing itself.
 */
import type { Flow } from '../model/flows.ts';
import type { Outcome } from '../model/outcome.ts';
import { pageUrl } from '../model/cashier-frame.ts';
import { languageFor } from '../model/languages.ts';
import { safeUrl } from '../model/safe-url.ts';
import type { Dialect } from '../protocol/page-link.ts';
import type { ThemeTokens } from '../protocol/page-messages.ts';
import type { Session } from '../wire/session.ts';
import type { ChallengeMode, Payment, PaymentHost } from './challenge/host.ts';
import { Diagnostics } from './diagnostics.ts';
import { CashierError } from './errors.ts';
import { Payments } from './challenge/payments.ts';
import { followStatus } from './status/follow.ts';
import { eventOf, KassaChallengeEvent, KassaErrorEvent } from './events.ts';
import { addressAhead, type GuessedTag } from './frame/ahead.ts';
import type { Frame } from './frame/frame.ts';
import { Frames } from './frame/frames.ts';
import type { FrameHost } from './frame/host.ts';
import { lead, rests } from './frame/leading.ts';
import type { Early } from './early.ts';
import { type Effect, INITIAL, type Input, type SessionFacts, type State, step } from './machine/machine.ts';
import type { Display } from './shell/presentation.ts';
import { Asking, type AskedTag } from './frame/asking.ts';
import { servedFrame } from './frame/served.ts';
import type { FreshSession } from './frame/session-source.ts';
import { inTurn } from './machine/turns.ts';
import { createMarks } from './marks.ts';
import { Settlement } from './status/settlement.ts';
import { Timers } from './timers.ts';
import { explained } from './trouble/load.ts';

export const DEFAULT_TIMEOUT_MS = 15_000;

/** What the page set on the tag; read when it is needed, so that the last word counts. */
export interface Tag extends HTMLElement, AskedTag, GuessedTag {
  readonly payment: Payment | undefined;
  readonly flow: Flow;
  readonly display: Display;
  readonly dialect: Dialect | undefined;
  readonly challenge: ChallengeMode;
  readonly timeoutMs: number;
}

/** What else the controller needs of its element. */
export interface Stage {
  /** Where the iframe goes. */
  readonly holder: Element;
  readonly early: Early | undefined;
  readonly lang: () => string;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
  /** The hosted page says that the shopper wants to leave. */
  readonly onLeave: () => void;
  /** The state changed; time to render. */
  readonly onChange: () => void;
}

export class CashierController {
  readonly diagnostics = new Diagnostics();
  readonly #mark = createMarks();
  readonly #tag: Tag;
  /** The same for whatever is fetched later, which shares no module with this file. */
  readonly #host: Omit<Stage, 'early'> & FrameHost & PaymentHost;
  readonly #timers = new Timers((name) => this.send({ type: 'timer', name }));
  #state: State = INITIAL;
  /** By what the machine knows of each: which of them is open is the machine's to say. */
  readonly #sessions = new WeakMap<SessionFacts, Session>();
  readonly #frames: Frames;
  #tokens: ThemeTokens = [];
  #feed: AbortController | undefined;
  #settlement = new Settlement();
  readonly #asking: Asking;
  readonly #turns = inTurn<Input>((input) => this.#take(input));
  /** The page is being asked whether to close: it cannot answer with the question. */
  #asksToClose = false;
  readonly #payments = new Payments();

  constructor(tag: Tag, { early, ...stage }: Stage) {
    this.#tag = tag;
    this.#host = {
      ...stage,
      tag,
      get language() {
        return languageFor(stage.lang());
      },
      send: this.send,
      state: () => this.#state,
      begin: (session, phase) => this.#begin(session, { type: 'resume', session: factsOf(session), phase }),
      note: (what) => this.diagnostics.note(what),
      safeUrl,
      CashierError,
      KassaChallengeEvent,
    };
    this.#asking = new Asking(tag, early?.session);
    this.#frames = new Frames(early?.frame);
  }

  get state(): State {
    return this.#state;
  }

  get frame(): Frame | undefined {
    return this.#frames.frame;
  }

  get #session(): Session | undefined {
    const { session } = this.#state;
    return session && this.#sessions.get(session);
  }

  /** The hosted page in a window of its own, once there is a session. */
  get pageUrl(): URL | undefined {
    const { cashierUrl = '', token } = this.#session ?? {};
    const url = safeUrl(cashierUrl);
    return url && pageUrl({ cashierUrl: url, token, lang: this.#host.lang() });
  }

  /** A listener that asks in the middle of things means what comes of them. */
  get result(): Promise<Outcome> {
    const current = (): Promise<Outcome> => this.#settlement.promise;
    return this.#turns.busy ? Promise.resolve().then(current) : current();
  }

  /** A property, because it is handed on. */
  readonly send = (input: Input): void => {
    if (!this.#asksToClose || input.type !== 'close') this.#turns.take(input);
  };

  /** The page has set whom to ask for a session, or a payment. Equal values are no news. */
  provide(): void {
    const { payment } = this.#tag;
    if (payment && this.#payments.isNews(payment)) void this.pay(payment);
    else if (this.#asking.isNews(this.#state.phase === 'failed')) this.send({ type: 'source' });
  }

  #take(input: Input): void {
    const { state, effects } = step(this.#state, input);
    const detail = 'status' in input ? ` ${input.status}` : 'name' in input ? ` ${input.name}` : '';
    this.diagnostics.note(`${input.type}${detail} -> ${state.phase}`);
    const begins = state.phase !== 'idle' && !state.outcome;
    if (begins && this.#settlement.settled) this.#settlement = new Settlement();
    this.#state = state;
    this.#host.onChange();
    this.#payments.follow?.(state);
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    const event = eventOf(effect, this.#state.session?.trackingId ?? '');
    switch (effect.do) {
      case 'fetch-session':
        void this.#fetchSession();
        break;
      case 'warm-frame':
        void this.#open(() => this.#warmFrame());
        break;
      case 'open-frame':
        void this.#open(() => this.#show());
        break;
      case 'send-session':
        if (this.#session) this.frame?.send('session', { token: this.#session.token });
        break;
      case 'close-frame':
        this.#asking.stop();
        this.#frames.drop();
        break;
      case 'start-feed':
        this.#startFeed();
        break;
      case 'stop-feed':
        this.#feed?.abort();
        break;
      case 'start-timer':
        this.#timers.start(effect.name, effect.ms ?? (this.#tag.timeoutMs || DEFAULT_TIMEOUT_MS));
        break;
      case 'stop-timer':
        this.#timers.stop(effect.name);
        break;
      case 'send-verified':
        this.frame?.send('verified', { status: effect.status });
        break;
      case 'tell-error':
        this.diagnostics.note(`error ${effect.error.code}`);
        void explained(effect.error).then((error) => this.#tag.dispatchEvent(new KassaErrorEvent(error)));
        break;
      case 'tell-ready':
        this.#mark('ready');
        break;
      case 'tell-outcome':
        this.#mark('outcome');
        this.#settlement.settle(effect.outcome);
        break;
      default:
    }
    if (!event) return;
    const isClosing = effect.do === 'ask-close';
    this.#asksToClose = isClosing;
    const isAgreed = this.#tag.dispatchEvent(event);
    this.#asksToClose = false;
    if (isAgreed && isClosing) this.#turns.take({ type: 'close-agreed' }, true);
    if (isAgreed && effect.do === 'ask-renew') this.#turns.take({ type: 'renew' }, true);
    // What a listener set `open` to was no answer.
    if (isClosing) this.#host.onChange();
  }

  async #fetchSession(): Promise<void> {
    const tag = this.#tag;
    const { source } = this.#asking;
    if (source === undefined) {
      // Frameworks set properties when they are there; a payment needs no session.
      if (tag.payment && !this.#state.session) void this.pay(tag.payment);
      return;
    }
    if (tag.display === 'redirect' && rests(this.#host)) return;
    // The page is on its way beside the session, where one has to be asked for.
    if (!('token' in Object(source))) this.send({ type: 'prewarm' });
    try {
      // A unit test's DOM does not say; every browser does.
      if ((globalThis.isSecureContext as boolean | undefined) === false)
        throw CashierError.of('insecure-context');
      this.#mark('session');
      const fresh = await this.#asking.ask(source, {
        flow: tag.flow,
        lang: this.#host.lang(),
        onOpenPayment: (payment) => {
          this.#asking.stop();
          void this.pay(payment);
        },
      });
      if (fresh) this.#arrive(fresh);
    } catch (error) {
      this.send({ type: 'session-failed', error: asCashierError(error) });
    }
  }

  #arrive({ session, expiresInMs }: FreshSession): void {
    const facts = { ...factsOf(session), expiresInMs };
    const moved = this.frame?.cashierUrl !== session.cashierUrl;
    const again = this.#state.session !== undefined && this.#session?.token === session.token;
    this.#begin(session, { type: 'session', session: facts, moved, again });
  }

  /** Answers whether this session is the one that is open; a payment that may move money keeps its own. */
  #begin(session: Session, input: Input & { readonly session: SessionFacts }): () => boolean {
    this.#sessions.set(input.session, session);
    this.send(input);
    return () => this.#state.session === input.session;
  }

  /** Tells what keeps a frame from being opened. */
  async #open(how: () => Promise<void> | void): Promise<void> {
    try {
      await how();
    } catch (error) {
      this.send({ type: 'frame-error', error: asCashierError(error) });
    }
  }

  /** Loads the hosted page ahead, without a token. A page that cannot be loaded yet is opened with its session. */
  async #warmFrame(): Promise<void> {
    const tag = this.#tag;
    const address = await addressAhead(tag, this.#state.phase, this.#session);
    const { warm, session } = this.#state;
    if (address && warm && !session && !this.frame) this.#openFrame(address);
  }

  #show(): void {
    const { cashierUrl = '', token, url } = this.#session ?? {};
    if (url ?? this.#tag.display === 'redirect') {
      this.#frames.drop();
      lead(this.#host, url ?? this.pageUrl?.href ?? cashierUrl);
    } else this.#openFrame(cashierUrl, token);
  }

  #openFrame(cashierUrl: string, token?: string): void {
    this.#mark('frame');
    this.#frames.open(this.#host, { cashierUrl, token, adopted: servedFrame(this.#tag) });
    this.dress(this.#tokens);
  }

  /** A payment without a hosted page, from `payment` or, without one, from what this tab was about before a redirect. */
  pay(payment?: Payment): Promise<void> {
    return this.#payments.start(this.#host, payment);
  }

  /** Tells the hosted page the shop's colours and shapes; the frame tells them again after each hello. */
  dress(tokens: ThemeTokens): void {
    this.#tokens = tokens;
    if (tokens.length > 0) this.frame?.send('theme', { tokens });
  }

  #startFeed(): void {
    this.#feed?.abort();
    const { statusUrl: url = '', trackingId = '' } = this.#session ?? {};
    const { signal } = (this.#feed = new AbortController());
    void followStatus({ ...this.#host, url, trackingId }, signal);
  }
}

const factsOf = ({ trackingId, statusUrl }: Session): SessionFacts => ({
  trackingId,
  verifiable: statusUrl !== undefined,
});

const asCashierError = (cause: unknown): CashierError =>
  cause instanceof CashierError ? cause : CashierError.of('session-failed', { cause });
