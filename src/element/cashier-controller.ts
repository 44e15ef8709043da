/**
 * Runs the machine of one element: turns what frame, feed, timers and page say into inputs, and performs the effects.
 * It decides nothing itself.
 */
import type { Outcome } from '../model/outcome.ts';
import { safeUrl } from '../model/safe-url.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import type { Session } from '../wire/session.ts';
import { Diagnostics } from './diagnostics.ts';
import { CashierError } from './errors.ts';
import { explained } from './explain.ts';
import { followStatus } from './follow-status.ts';
import {
  KassaClosedEvent,
  KassaCloseEvent,
  KassaErrorEvent,
  KassaExpiringEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaRedirectEvent,
  KassaStatusEvent,
} from './events.ts';
import { type Frame, openFrame } from './frame.ts';
import { createHeightFitter } from './height.ts';
import {
  type Effect,
  INITIAL,
  type Input,
  type Knowledge,
  type SessionFacts,
  type State,
  step,
  type TimerName,
} from './machine.ts';
import { loadSession, readReport, type SessionSource } from './session-source.ts';
import { Settlement } from './settlement.ts';
import type { StatusFeedOptions } from './status-feed.ts';

/** A longer one would fire at once (a signed 32-bit number of milliseconds). */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What the controller needs of its element. */
export interface Stage {
  readonly holder: Element;
  readonly lang: () => string;
  readonly frameTitle: () => string;
  /** The page itself goes to the hosted page, instead of showing it in a frame. */
  readonly redirects: () => boolean;
  readonly timeoutMs: () => number;
  readonly source: (signal: AbortSignal) => SessionSource;
  /** `false` when somebody prevented a cancelable event. */
  readonly dispatch: (event: Event) => boolean;
  /** The state changed; time to render. */
  readonly onChange: () => void;
}

export class CashierController {
  readonly diagnostics = new Diagnostics();
  readonly #stage: Stage;
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  readonly #height = createHeightFitter();
  #state: State = INITIAL;
  #session: Session | undefined;
  #frame: Frame | undefined;
  #loaded = false;
  #fetching: AbortController | undefined;
  #stopFeed: (() => void) | undefined;
  #settlement = new Settlement();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get state(): State {
    return this.#state;
  }

  /** There is a document in the frame, so there is something to look at. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get result(): Promise<Outcome> {
    return this.#settlement.promise;
  }

  send(input: Input): void {
    const { state, effects } = step(this.#state, input);
    const detail = 'status' in input ? ` ${input.status}` : 'name' in input ? ` ${input.name}` : '';
    this.diagnostics.note(`${input.type}${detail} -> ${state.phase}`);
    const begins = state.phase !== 'idle' && !state.outcome;
    if (begins && this.#settlement.settled) this.#settlement = new Settlement();
    this.#state = state;
    this.#stage.onChange();
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    const { dispatch, timeoutMs } = this.#stage;
    switch (effect.do) {
      case 'fetch-session':
        void this.#fetchSession();
        break;
      case 'open-frame':
        this.#openFrame();
        break;
      case 'send-session':
        if (this.#session) this.#frame?.send('session', { token: this.#session.token });
        break;
      case 'close-frame':
        this.#closeFrame();
        break;
      case 'start-feed':
        this.#startFeed();
        break;
      case 'stop-feed':
        this.#stopFeed?.();
        break;
      case 'start-timer':
        this.#startTimer(effect.name, effect.ms ?? timeoutMs());
        break;
      case 'stop-timer':
        clearTimeout(this.#timers.get(effect.name));
        break;
      case 'send-verified':
        this.#frame?.send('verified', { status: effect.status });
        break;
      case 'tell-ready':
        dispatch(new KassaReadyEvent());
        break;
      case 'tell-status':
        dispatch(this.#statusEvent(effect.knowledge, effect.previous));
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
    this.#fetching?.abort();
    const fetching = new AbortController();
    this.#fetching = fetching;
    try {
      if (!globalThis.isSecureContext) throw CashierError.of('insecure-context');
      const session = await loadSession(this.#stage.source(fetching.signal));
      if (fetching.signal.aborted) return;
      this.#session = session;
      this.send({ type: 'session', session: factsOf(session) });
    } catch (error) {
      if (fetching.signal.aborted) return;
      this.send({ type: 'session-failed', error: asCashierError(error) });
    }
  }

  #openFrame(): void {
    const session = this.#session;
    if (!session) return;
    const { holder, lang, frameTitle, redirects } = this.#stage;
    if (redirects()) {
      this.#goTo(session);
      return;
    }
    // A token that was renewed before its page had said hello: the page is opened again.
    this.#frame?.close();
    try {
      this.#frame = openFrame({
        holder,
        cashierUrl: session.cashierUrl,
        token: session.token,
        lang: lang(),
        title: frameTitle(),
        onHello: () => this.send({ type: 'hello' }),
        onMessage: (message) => this.#onFrameMessage(message),
        onError: (error) => this.send({ type: 'frame-error', error }),
        onLoad: () => {
          this.#loaded = true;
          this.#stage.onChange();
        },
        onDrop: (reason) => this.diagnostics.note(`dropped: ${reason}`),
      });
    } catch (error) {
      this.send({ type: 'frame-error', error: asCashierError(error) });
    }
  }

  /** Display "redirect": leaves for the hosted page, unless the page prevents it. */
  #goTo({ cashierUrl, token }: Session): void {
    const url = safeUrl(cashierUrl);
    url?.searchParams.set('token', token);
    url?.searchParams.set('lang', this.#stage.lang());
    this.#navigate(url?.href ?? cashierUrl, 'display');
  }

  /** Tells the hosted page that the page's language changed. */
  speak(lang: string): void {
    this.#frame?.send('locale', { lang });
  }

  entitle(title: string): void {
    if (this.#frame) this.#frame.element.title = title;
  }

  #closeFrame(): void {
    this.#fetching?.abort();
    this.#stopFeed?.();
    this.#height.stop();
    this.#frame?.close();
    this.#frame = undefined;
    this.#loaded = false;
  }

  #onFrameMessage(message: FrameMessage): void {
    switch (message.type) {
      case 'ready':
        this.send({ type: 'frame-ready' });
        break;
      case 'busy':
        this.send({ type: 'frame-busy', locked: message.data.locked });
        break;
      case 'status':
        this.send({ type: 'hint', ...message.data });
        break;
      case 'token-expired':
        this.send({ type: 'token-expired' });
        break;
      case 'close':
        this.send({ type: 'close', by: 'frame' });
        break;
      case 'resize':
        if (this.#frame) this.#height.fit(this.#frame.element, message.data.height);
        break;
      case 'navigate':
        this.#navigate(message.data.url, message.data.reason);
        break;
      case 'method':
      case 'challenge':
      case 'error':
        this.diagnostics.note(`frame: ${message.type}`);
        break;
    }
  }

  /** Never on the frame's word alone: the page may prevent it, and only safe addresses are opened. */
  #navigate(address: string, reason: string): void {
    const url = safeUrl(address);
    if (!url) this.send({ type: 'frame-error', error: CashierError.of('unsafe-url') });
    else if (this.#stage.dispatch(new KassaRedirectEvent(url.href, reason))) location.assign(url);
  }

  #startFeed(): void {
    this.#stopFeed?.();
    const { statusUrl, trackingId } = this.#session ?? {};
    if (statusUrl === undefined || trackingId === undefined) return;
    if (!safeUrl(statusUrl, location.href)) {
      this.send({ type: 'feed-error', error: CashierError.of('unsafe-url') });
      return;
    }
    const stopping = new AbortController();
    this.#stopFeed = () => stopping.abort();
    const feed: StatusFeedOptions = {
      url: statusUrl,
      read: readReport,
      trackingId,
      onReport: ({ status, rawStatus, transactionId, reason }) =>
        this.send({
          type: 'report',
          status,
          rawStatus,
          ...(transactionId !== undefined && { transactionId }),
          ...(reason !== undefined && { reason }),
        }),
      onUnreachable: () => this.send({ type: 'feed-error', error: CashierError.of('status-unreachable') }),
    };
    void followStatus(feed, stopping.signal);
  }

  #startTimer(name: TimerName, ms: number): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(
      name,
      setTimeout(() => this.send({ type: 'timer', name }), Math.min(ms, LONGEST_TIMER_MS)),
    );
  }

  #statusEvent(knowledge: Knowledge, previous: Knowledge['status'] | undefined): KassaStatusEvent {
    const { status, rawStatus, verified, transactionId, reason } = knowledge;
    const trackingId = this.#state.session?.trackingId ?? '';
    return new KassaStatusEvent({
      status,
      rawStatus,
      previous,
      trackingId,
      transactionId,
      reason,
      verified,
    });
  }
}

function factsOf({ trackingId, flow, statusUrl, expiresAt }: Session): SessionFacts {
  const expiresInMs = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt) - Date.now();
  return {
    trackingId,
    flow,
    verifiable: statusUrl !== undefined,
    ...(Number.isFinite(expiresInMs) && { expiresInMs }),
  };
}

const asCashierError = (error: unknown): CashierError =>
  error instanceof CashierError
    ? error
    : CashierError.of('session-failed', error instanceof Error ? { message: error.message } : {});
