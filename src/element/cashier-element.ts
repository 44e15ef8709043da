/** `<kassa-cashier>`: its attributes, its methods and what it shows. What it does is the machine's to say. */
import { ReactiveElement } from 'lit';
import { FLOWS, type Flow } from '../model/flows.ts';
import { directionOf, type Language, languageFor } from '../model/languages.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Dialect } from '../protocol/page-link.ts';
import { CashierController, DEFAULT_TIMEOUT_MS } from './cashier-controller.ts';
import type { ChallengeMode, Payment } from './challenge/host.ts';
import type { DiagnosticEntry } from './diagnostics.ts';
import { wordOf } from './enumerated.ts';
import { takeEarly } from './early.ts';
import { lastHeight } from './frame/last-height.ts';
import { CashierError } from './errors.ts';
import type { Phase } from './machine/machine.ts';
import { makeAround } from './shell/around.ts';
import { createPresentation, type Display, DISPLAYS } from './shell/presentation.ts';
import type { SessionInput } from './frame/session-request.ts';
import { mayCost, type Wish } from './shell/leaving.ts';
import { createShell } from './shell/shell.ts';
import { styles } from './shell/styles.ts';
import { type Surroundings, surroundingsOf, watchSurroundings } from './look/surroundings.ts';
import { en } from './words/en.ts';
import { furnish, warn } from './trouble/load.ts';
import { loadWords } from './words/load.ts';
import type { Words } from './words/words.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/**
 * The cashier on the shop's page. What it reports is for the screen; goods go out on the webhook.
 *
 * @tag kassa-cashier
 *
 * @fires {KassaReadyEvent} kassa-ready - the shopper can use the hosted page
 * @fires {KassaStatusEvent} kassa-status - the payment has another status
 * @fires {KassaChallengeEvent} kassa-challenge - a 3-D Secure challenge is about to be shown; cancelable
 * @fires {KassaRedirectEvent} kassa-redirect - the page is about to leave for another address; cancelable
 * @fires {KassaCloseEvent} kassa-close - somebody wants to close the cashier; cancelable
 * @fires {KassaClosedEvent} kassa-closed - the cashier is closed
 * @fires {KassaExpiringEvent} kassa-expiring - the token is about to end; a fresh session is fetched unless prevented
 * @fires {KassaOutcomeEvent} kassa-outcome - the one result of a session
 * @fires {KassaErrorEvent} kassa-error - something failed; the element shows a readable card
 *
 * @slot loading - shown instead of the skeleton
 * @slot error - shown instead of the error card
 * @csspart panel - everything
 * @csspart frame - the iframe
 * @csspart message - the error card
 * @csspart spinner - the skeleton
 * @csspart question - what is asked before it is closed with something to lose, and why it cannot be closed
 * @csspart close - the button that closes a modal or a popover
 * @slot trigger - what opens a modal or a popover, and what a popover points at
 */
export class KassaCashier extends ReactiveElement {
  static override styles = styles;

  static override properties = {
    sessionUrl: { attribute: 'session-url' },
    session: { attribute: false },
    cashierUrl: { attribute: 'cashier-url' },
    flow: { converter: wordOf(FLOWS) },
    theme: { converter: wordOf(THEMES), reflect: true, useDefault: true },
    display: { converter: wordOf(DISPLAYS), reflect: true, useDefault: true },
    anchor: {},
    open: { type: Boolean, reflect: true },
    words: { attribute: false },
    payment: { attribute: false },
    challenge: {},
    prewarm: { type: Boolean },
    dialect: { attribute: false },
    timeoutMs: { attribute: 'timeout-ms', type: Number },
  };

  /** The shop's own route; asked with POST each time a session is needed. */
  sessionUrl: string | undefined;
  /** Where the hosted page is, if that is known: it is then loaded beside the request for a session, and not after it. */
  cashierUrl: string | undefined;
  /** Instead of `session-url`: a session minted elsewhere. A function is asked again for each new session. */
  session: SessionInput | undefined;
  /** Sent to `session-url`. */
  flow: Flow = 'deposit';
  /** Live, without a reload of the frame. */
  theme: Theme = 'auto';
  /** Where the cashier is shown; it may change while the shopper types. */
  display: Display = 'inline';
  /** The id of what a popover points at. Default: the element in the `trigger` slot. */
  anchor: string | undefined;
  /** Opens and closes a modal or a popover. An inline cashier opens by itself. */
  open = false;
  /** Replaces some of the shell's words. */
  words: Partial<Words> | undefined;
  /**
   * The gateway's answer to a card that your own backend charged (`chargeCard(…).reply` and its `trackingId`), for shops
   * that hold PCI DSS certification: a 3-D Secure challenge is shown, and the outcome comes from your status route.
   */
  payment: Payment | undefined;
  /** How 3-D Secure is shown. `auto`: in a frame, with a way out into a window when nothing moves for 20 s. */
  challenge: ChallengeMode = 'auto';
  /** Loads the hosted page before it is opened; a modal or popover then opens at once. Needs `session-url`. */
  prewarm = false;
  /** Understands a hosted page that speaks in its own manner, or not at all; such a page is usable once it is loaded. */
  dialect: Dialect | undefined;
  /** Until the hosted page must have said hello, in milliseconds. */
  timeoutMs = DEFAULT_TIMEOUT_MS;

  /** None in older browsers, nor in the DOM of a unit test: styles then have `state` to go by. */
  readonly #states = (this as Partial<HTMLElement>).attachInternals?.().states;
  /** Until all below have taken their part of it. */
  #early = takeEarly(this);
  readonly #shell = createShell({
    tag: this,
    around: this.#early?.frame ?? makeAround(),
    onRetry: () => this.reload(),
    onClose: () => this.#leave('shopper'),
    onTrigger: () => this.show(),
    onCard: (card, error) =>
      furnish({
        card,
        error,
        words: this.#spoken,
        language: this.#language,
        pageUrl: this.#controller.pageUrl,
        adopt: this.#shell.adopt,
      }),
  });
  readonly #presentation = createPresentation({
    dialog: this.#shell.dialog,
    tag: this,
    onLeave: (isDoubtful) => this.#leave('shopper', isDoubtful),
    onHidden: (why) =>
      this.#controller.send({
        type: 'feed-error',
        error: CashierError.of('panel-hidden', { message: why }),
      }),
    adopt: this.#shell.adopt,
  });
  readonly #controller = new CashierController(this, {
    early: this.#early,
    holder: this.#shell.holder,
    lang: () => this.#surroundings.lang,
    adopt: this.#shell.adopt,
    onLeave: () => this.#leave('frame'),
    onChange: () => {
      this.#showPhase();
      if (!this.#opensByItself) this.open = this.state !== 'idle';
      this.requestUpdate();
    },
  });
  #unwatch: (() => void) | undefined;
  /** To be called at each change: it goes when it is moot. */
  #question: (() => void) | undefined;
  #surroundings: Surroundings = { scheme: '', lang: 'en', themed: false };
  #loadedWords: Words = en;

  constructor() {
    super();
    this.#early = undefined;
  }

  /** `idle`, `loading`, `ready`, `busy`, `challenge`, `settled` or `failed`; also a CSS state: `:state(busy)`. */
  get state(): Phase {
    return this.#controller.state.phase;
  }

  /** How the session ended, once it has. */
  get outcome(): Outcome | undefined {
    return this.#controller.state.outcome;
  }

  get trackingId(): string | undefined {
    return this.#controller.state.session?.trackingId;
  }

  get transactionId(): string | undefined {
    return this.#controller.state.knowledge?.transactionId;
  }

  /** Opens the cashier. An inline one opens by itself when it is put on the page. */
  show(): void {
    this.#controller.send({ type: 'open' });
  }

  /** Asks with `kassa-close`, then closes. Refused while money moves. */
  close(): void {
    this.#controller.send({ type: 'close', by: 'page' });
  }

  /** Opens the hosted page again; with a fresh session if no payment can be under way. */
  reload(): void {
    this.#controller.send({ type: 'retry' });
  }

  /** After a redirect, on the shop's own page: goes on with the payment that this tab left for, to its outcome. */
  resume(): Promise<void> {
    return this.#controller.pay();
  }

  /** The outcome of the session; settles exactly once for each, also when the element is removed. */
  result(): Promise<Outcome> {
    return this.#controller.result;
  }

  /** The last things that happened, without tokens or addresses: for bug reports. */
  diagnostics(): readonly DiagnosticEntry[] {
    return this.#controller.diagnostics.read();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#look();
    this.#unwatch = watchSurroundings(this, () => this.#look());
    this.#showPhase();
    this.requestUpdate('prewarm');
    if (this.hasAttribute('api-key')) warn('api-key');
    // After the page had its turn to set `session` on an element it has just made.
    queueMicrotask(() => {
      if (this.isConnected && !this.payment && (this.open || this.#opensByItself)) this.show();
    });
    // Storage answers only after milliseconds: by then the frame is on its way, and nothing is painted yet.
    void this.updateComplete
      .then(() => this.updateComplete)
      .then(() => this.#shell.dialog.style.setProperty('--_last', lastHeight()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    // A move in the document takes the element out and puts it back in one go; that is no goodbye.
    queueMicrotask(() => {
      if (!this.isConnected) this.#controller.send({ type: 'detach' });
    });
  }

  protected override firstUpdated(): void {
    const { trigger, dialog } = this.#shell;
    // With a frame in it, it is there already, and must not be moved.
    if (!dialog.parentNode) this.renderRoot.append(dialog);
    this.renderRoot.prepend(trigger);
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('open')) this.#followOpen();
    if (['session', 'sessionUrl', 'payment'].some((name) => changed.has(name))) this.#controller.provide();
    if (changed.has('display')) this.#presentation.prepare(this.display);
    this.#question?.();
    const { phase, loaded, error, session } = this.#controller.state;
    const { frame } = this.#controller;
    const isOver = phase === 'settled' && !frame && !error;
    const isOpen = phase !== 'idle' && !isOver;
    const isTold = error && (phase === 'failed' || phase === 'settled');
    const words = this.#spoken;
    if (frame) frame.element.title = words.frameTitle;
    this.#shell.show({
      words,
      scheme: this.theme === 'auto' ? this.#surroundings.scheme : this.theme,
      dir: directionOf(this.#language),
      // What did not answer may be the browser's own broken page; a page that is silent by design has a dialect. And
      // what was opened ahead may be anything, until a session names it.
      shown: loaded && !isTold && session !== undefined,
      error: isTold ? error : undefined,
      isOpen,
    });
    const asksAnew = ['prewarm', 'open', 'sessionUrl', 'cashierUrl'].some((name) => changed.has(name));
    const leads = this.cashierUrl ?? this.sessionUrl;
    if (this.prewarm && leads && phase === 'idle' && !this.open && asksAnew)
      this.#controller.send({ type: 'prewarm' });
    if (isOpen) this.#presentation.show(this.display);
    else this.#presentation.hide();
  }

  get #opensByItself(): boolean {
    return this.display === 'inline' || this.display === 'redirect';
  }

  /** `open` is both an order and a report: set by the page it opens or closes, and it follows what happens. */
  #followOpen(): void {
    if (this.open && this.state === 'idle') this.show();
    else if (!this.open && this.state !== 'idle' && !this.#opensByItself) this.close();
  }

  /** Asks the shopper first where leaving may cost something. What cannot be asked is decided without, by the machine. */
  #leave(by: 'shopper' | 'frame', isDoubtful = false): void {
    const wish = (): Wish => ({
      state: this.#controller.state,
      isUnsaved: this.#controller.frame?.unsaved() ?? isDoubtful,
    });
    const close = (): void => this.#controller.send({ type: 'close', by });
    if (!mayCost(wish())) close();
    else
      import('./shell/question.ts').then(({ ask }) => {
        this.#question = ask({
          panel: this.#shell.panel,
          wish,
          language: this.#language,
          adopt: this.#shell.adopt,
          onLeave: close,
        });
      }, close);
  }

  get #language(): Language {
    return languageFor(this.#surroundings.lang);
  }

  get #spoken(): Words {
    return { ...this.#loadedWords, ...this.words };
  }

  /** Takes over what the page around says, and fetches the words of its language. */
  #look(): void {
    const before = this.#surroundings;
    this.#surroundings = surroundingsOf(this);
    const { scheme, lang, themed } = this.#surroundings;
    if (themed || before.themed) this.#dress();
    if (scheme !== before.scheme) this.requestUpdate();
    if (lang === before.lang) return;
    this.#controller.frame?.send('locale', { lang });
    void loadWords(languageFor(lang)).then((words) => {
      if (lang !== this.#surroundings.lang) return;
      this.#loadedWords = words;
      this.requestUpdate();
    });
  }

  /** Takes the shop's colours and shapes into the frame, and what follows from a seed colour into the shell. */
  #dress(): void {
    import('./look/theme.ts').then(
      ({ readTheme }) => this.#controller.dress(readTheme(this.#shell.dialog)),
      // The hosted page's own colours are better than no cashier.
      () => undefined,
    );
  }

  #showPhase(): void {
    this.#states?.clear();
    this.#states?.add(this.state);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kassa-cashier': KassaCashier;
  }
}
