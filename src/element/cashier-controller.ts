/**
 * Runs the machine of one element: turns what frame, feed, timers and page say into inputs, and performs the effects.
 * It decides nothing itself.
 */
import { pageUrl } from '../model/cashier-frame.ts';
import type { Flow } from '../model/flows.ts';
import type { Outcome } from '../model/outcome.ts';
import { languageFor } from '../model/languages.ts';
import { safeUrl } from '../model/safe-url.ts';
import type { Dialect } from '../protocol/page-link.ts';
import type { ThemeTokens } from '../protocol/page-messages.ts';
import type { Session } from '../wire/session.ts';
import type { ChallengeMode, Payment } from './challenge/host.ts';
import { Diagnostics } from './diagnostics.ts';
import { CashierError } from './errors.ts';
import { followStatus, patiently } from './status/follow.ts';
import {
  KassaChallengeEvent,
  KassaClosedEvent,
  KassaCloseEvent,
  KassaErrorEvent,
  KassaExpiringEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaRedirectEvent,
  KassaStatusEvent,
} from './events.ts';
import { type Frame, openFrame } from './frame/frame.ts';
import {
  type Effect,
  INITIAL,
  type Input,
  type SessionFacts,
  type State,
  step,
  type TimerName,
} from './machine/machine.ts';
import type { Display } from './shell/presentation.ts';
import { servedFrame, servedSession } from './frame/served.ts';
import { loadSession, type SessionInput } from './frame/session-source.ts';
import { Settlement } from './status/settlement.ts';
import { explained } from './trouble/load.ts';

/** A longer one would fire at once (a signed 32-bit number of milliseconds). */
const LONGEST_TIMER_MS = 2_147_483_647;
export const DEFAULT_TIMEOUT_MS = 15_000;

const loadLink = () => import('./frame/link.ts');

/** What the page set on the tag; read when it is needed, so that the last word counts. */
export interface Tag extends HTMLElement {
  readonly session: SessionInput | undefined;
  readonly sessionUrl: string | undefined;
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
  readonly lang: () => string;
  /** The hosted page says that the shopper wants to leave. */
  readonly onLeave: () => void;
  /** The state changed; time to render. */
  readonly onChange: () => void;
}

export class CashierController {
  readonly diagnostics = new Diagnostics();
  readonly #tag: Tag;
  readonly #stage: Stage;
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  #state: State = INITIAL;
  #session: Session | undefined;
  /** The hosted page, as long as there is one to look at; set here alone. */
  frame: Frame | undefined;
  #follow: ((state: State) => void) | undefined;
  #tokens: ThemeTokens = [];
  #fetching: AbortController | undefined;
  #feed: AbortController | undefined;
  #settlement = new Settlement();

  constructor(tag: Tag, stage: Stage) {
    this.#tag = tag;
    this.#stage = stage;
  }

  get state(): State {
    return this.#state;
  }

  /** The hosted page in a window of its own, once there is a session. */
  get pageUrl(): URL | undefined {
    const { cashierUrl = '', token } = this.#session ?? {};
    const url = safeUrl(cashierUrl);
    return url && pageUrl({ cashierUrl: url, token, lang: this.#stage.lang() });
  }

  get result(): Promise<Outcome> {
    return this.#settlement.promise;
  }

  /** A property, because it is handed on. */
  readonly send = (input: Input): void => {
    const { state, effects } = step(this.#state, input);
    const detail = 'status' in input ? ` ${input.status}` : 'name' in input ? ` ${input.name}` : '';
    this.diagnostics.note(`${input.type}${detail} -> ${state.phase}`);
    const begins = state.phase !== 'idle' && !state.outcome;
    if (begins && this.#settlement.settled) this.#settlement = new Settlement();
    this.#state = state;
    this.#stage.onChange();
    this.#follow?.(state);
    for (const effect of effects) this.#perform(effect);
  };

  #perform(effect: Effect): void {
    const dispatch = (event: Event): boolean => this.#tag.dispatchEvent(event);
    switch (effect.do) {
      case 'fetch-session':
        void this.#fetchSession();
        break;
      case 'warm-frame':
        void this.#warmFrame();
        break;
      case 'open-frame':
        this.#show();
        break;
      case 'send-session':
        if (this.#session) this.frame?.send('session', { token: this.#session.token });
        break;
      case 'close-frame':
        this.#closeFrame();
        break;
      case 'start-feed':
        this.#startFeed();
        break;
      case 'stop-feed':
        this.#feed?.abort();
        break;
      case 'start-timer':
        this.#startTimer(effect.name, effect.ms ?? (this.#tag.timeoutMs || DEFAULT_TIMEOUT_MS));
        break;
      case 'stop-timer':
        clearTimeout(this.#timers.get(effect.name));
        break;
      case 'send-verified':
        this.frame?.send('verified', { status: effect.status });
        break;
      case 'tell-ready':
        dispatch(new KassaReadyEvent());
        break;
      case 'tell-status':
        dispatch(
          new KassaStatusEvent({
            ...effect.knowledge,
            previous: effect.previous,
            trackingId: this.#state.session?.trackingId ?? '',
          }),
        );
        break;
      case 'tell-outcome':
        this.#settlement.settle(effect.outcome);
        dispatch(new KassaOutcomeEvent(effect.outcome));
        break;
      case 'tell-error':
        this.diagnostics.note(`error ${effect.error.code}`);
        void explained(effect.error).then((error) => dispatch(new KassaErrorEvent(error)));
        break;
      case 'tell-closed':
        dispatch(new KassaClosedEvent(effect.outcome));
        break;
      case 'ask-close':
        if (dispatch(new KassaCloseEvent(effect.by))) this.send({ type: 'close-agreed' });
        break;
      case 'ask-renew':
        if (dispatch(new KassaExpiringEvent(effect.secondsLeft))) this.send({ type: 'renew' });
        break;
    }
  }

  async #fetchSession(): Promise<void> {
    // On its way beside the session; the frame asks for it once more, patiently.
    loadLink().catch(() => undefined);
    this.#fetching?.abort();
    const fetching = new AbortController();
    this.#fetching = fetching;
    const tag = this.#tag;
    try {
      // A unit test's DOM does not say; every browser does.
      if ((globalThis.isSecureContext as boolean | undefined) === false)
        throw CashierError.of('insecure-context');
      const session = await loadSession({
        session: tag.session ?? servedSession(tag),
        sessionUrl: tag.sessionUrl,
        flow: tag.flow,
        lang: this.#stage.lang(),
        signal: fetching.signal,
        onOpenPayment: (payment) => {
          fetching.abort();
          void this.pay(payment);
        },
      });
      if (fetching.signal.aborted) return;
      this.#session = session;
      const moved = this.frame?.cashierUrl !== session.cashierUrl;
      this.send({ type: 'session', session: factsOf(session), moved });
    } catch (error) {
      if (fetching.signal.aborted) return;
      this.send({ type: 'session-failed', error: asCashierError(error) });
    }
  }

  /** Loads the hosted page ahead, without a token. A page that cannot be loaded yet is asked for again by the click. */
  async #warmFrame(): Promise<void> {
    try {
      const { askForAddress } = await import('./frame/prewarm.ts');
      const cashierUrl = await askForAddress(this.#tag.sessionUrl);
      if (this.#state.phase === 'idle' && this.#state.warm && !this.frame) this.#openFrame(cashierUrl);
    } catch (error) {
      this.send({ type: 'frame-error', error: asCashierError(error) });
    }
  }

  #show(): void {
    const { cashierUrl = '', token, url } = this.#session ?? {};
    if (url ?? this.#tag.display === 'redirect')
      this.#navigate(url ?? this.pageUrl?.href ?? cashierUrl, 'display');
    else this.#openFrame(cashierUrl, token);
  }

  #openFrame(cashierUrl: string, token?: string): void {
    const { holder, lang } = this.#stage;
    const { dialect } = this.#tag;
    // A token that was renewed before its page had said hello: the page is opened again.
    this.frame?.close();
    try {
      this.frame = openFrame({
        holder,
        cashierUrl,
        token,
        lang: lang(),
        adopted: servedFrame(this.#tag),
        dialect,
        onHello: () => {
          this.send({ type: 'hello' });
          this.dress(this.#tokens);
        },
        onInput: (input) => {
          if (input.type === 'close') this.#stage.onLeave();
          else this.send(input);
        },
        onNavigate: (url, reason) => this.#navigate(url, reason),
        onNote: (type) => this.diagnostics.note(`frame: ${type}`),
        loadLink: (isOver) => patiently(loadLink, isOver),
        onError: (error) => this.send({ type: 'frame-error', error }),
        onLoad: () => this.send({ type: 'loaded', usable: dialect !== undefined }),
        onDrop: (reason) => this.diagnostics.note(`dropped: ${reason}`),
      });
    } catch (error) {
      this.send({ type: 'frame-error', error: asCashierError(error) });
    }
  }

  /** A payment without a hosted page, from `payment` or, without one, from what this tab was about before a redirect. */
  async pay(payment?: Payment): Promise<void> {
    const isOver = (): boolean => !this.#tag.isConnected;
    const part = await patiently(() => import('./challenge/payment.ts'), isOver, this.send);
    if (!part) return;
    this.#follow = part.startPayment(payment, {
      tag: this.#tag,
      holder: this.#stage.holder,
      language: languageFor(this.#stage.lang()),
      safeUrl,
      begin: (session, phase) => {
        this.#session = session;
        this.send({ type: 'resume', session: factsOf(session), phase });
      },
      send: this.send,
      CashierError,
      KassaChallengeEvent,
    });
  }

  /** Tells the hosted page the shop's colours and shapes, now and after each hello. */
  dress(tokens: ThemeTokens): void {
    this.#tokens = tokens;
    if (tokens.length > 0) this.frame?.send('theme', { tokens });
  }

  #closeFrame(): void {
    this.#fetching?.abort();
    this.frame?.close();
    this.frame = undefined;
  }

  /** Never on the frame's word alone: the page may prevent it, and only safe addresses are opened. */
  #navigate(address: string, reason: string): void {
    const url = safeUrl(address);
    if (!url) this.send({ type: 'frame-error', error: CashierError.of('unsafe-url') });
    else if (this.#tag.dispatchEvent(new KassaRedirectEvent(url.href, reason))) location.assign(url);
  }

  #startFeed(): void {
    this.#feed?.abort();
    const { statusUrl, trackingId = '' } = this.#session ?? {};
    if (statusUrl === undefined || !safeUrl(statusUrl, location.href)) {
      this.send({ type: 'feed-error', error: CashierError.of('unsafe-url') });
      return;
    }
    const feed = (this.#feed = new AbortController());
    void followStatus({ url: statusUrl, trackingId, send: this.send, CashierError }, feed.signal);
  }

  #startTimer(name: TimerName, ms: number): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(
      name,
      setTimeout(() => this.send({ type: 'timer', name }), Math.min(ms, LONGEST_TIMER_MS)),
    );
  }
}

function factsOf({ trackingId, statusUrl, expiresAt }: Session): SessionFacts {
  const expiresInMs = Date.parse(expiresAt ?? '') - Date.now();
  return {
    trackingId,
    verifiable: statusUrl !== undefined,
    ...(Number.isFinite(expiresInMs) && { expiresInMs }),
  };
}

const asCashierError = (cause: unknown): CashierError =>
  cause instanceof CashierError ? cause : CashierError.of('session-failed', { cause });
