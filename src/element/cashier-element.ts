/** `<kassa-cashier>`: its attributes, its methods and what it shows. What it does is the machine's to say. */
import { ReactiveElement } from 'lit';
import { FLOWS, type Flow } from '../model/flows.ts';
import { directionOf, languageFor } from '../model/languages.ts';
import type { Outcome } from '../model/outcome.ts';
import { CashierController } from './cashier-controller.ts';
import type { DiagnosticEntry } from './diagnostics.ts';
import type { CashierError } from './errors.ts';
import { type Phase, PHASES } from './machine.ts';
import { createPresentation, type Display, DISPLAYS } from './presentation.ts';
import type { SessionInput } from './session-source.ts';
import { createShell } from './shell.ts';
import { styles } from './styles.ts';
import {
  PAGE_SCHEMES,
  type PageScheme,
  type Surroundings,
  surroundingsOf,
  watchSurroundings,
} from './surroundings.ts';
import { en } from './words/en.ts';
import { loadErrorWords, loadWords } from './words/load.ts';
import type { Words } from './words/words.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const DEFAULT_TIMEOUT_MS = 15_000;

/** An attribute with a fixed set of words; any other word counts as the first of the set, and warns once. */
function wordOf<const T extends string>(words: readonly [T, ...T[]]) {
  const warned = new Set<string>();
  return {
    fromAttribute(value: string | null): T {
      const known = words.find((word) => word === value);
      if (known === undefined && value !== null && !warned.has(value)) {
        warned.add(value);
        // eslint-disable-next-line no-console -- a typo in the tag has no other way to its author
        console.warn(`<kassa-cashier>: "${value}" is none of ${words.join(', ')}.`);
      }
      return known ?? words[0];
    },
  };
}

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
 * @csspart close - the button that closes a modal or a popover
 * @slot trigger - what opens a modal or a popover, and what a popover points at
 */
export class KassaCashier extends ReactiveElement {
  static override styles = styles;

  static override properties = {
    sessionUrl: { attribute: 'session-url' },
    session: { attribute: false },
    flow: { converter: wordOf(FLOWS) },
    theme: { converter: wordOf(THEMES), reflect: true, useDefault: true },
    display: { converter: wordOf(DISPLAYS), reflect: true, useDefault: true },
    anchor: {},
    open: { type: Boolean, reflect: true },
    words: { attribute: false },
    timeoutMs: { attribute: 'timeout-ms', type: Number },
  };

  /** The shop's own route; asked with POST each time a session is needed. */
  sessionUrl: string | undefined;
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
  /** Until the hosted page must have said hello, in milliseconds. */
  timeoutMs = DEFAULT_TIMEOUT_MS;

  readonly #internals = this.attachInternals();
  readonly #shell = createShell({
    onRetry: () => this.reload(),
    onClose: () => this.#leave(),
    onTrigger: () => this.show(),
  });
  readonly #presentation = createPresentation({
    dialog: this.#shell.dialog,
    anchor: () => this.#anchor(),
    onLeave: () => this.#leave(),
  });
  readonly #controller = new CashierController({
    holder: this.#shell.holder,
    lang: () => this.#surroundings.lang,
    frameTitle: () => this.#spoken.frameTitle,
    redirects: () => this.display === 'redirect',
    timeoutMs: () => (this.timeoutMs > 0 ? this.timeoutMs : DEFAULT_TIMEOUT_MS),
    source: (signal) => ({
      session: this.session,
      sessionUrl: this.sessionUrl,
      flow: this.flow,
      lang: this.#surroundings.lang,
      signal,
    }),
    dispatch: (event) => this.dispatchEvent(event),
    onChange: () => {
      this.#showPhase();
      if (!this.#opensByItself) this.open = this.state !== 'idle';
      this.requestUpdate();
    },
  });
  #unwatch: (() => void) | undefined;
  #surroundings: Surroundings = { scheme: undefined, lang: 'en' };
  #loadedWords: Words = en;
  #told: { readonly error: CashierError; readonly sentence: string } | undefined;

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
    this.#unwatch = watchSurroundings(() => this.#look());
    this.#showPhase();
    if (this.hasAttribute('api-key')) {
      // eslint-disable-next-line no-console -- a key in a page is everybody's, and its author must hear of it
      console.warn('<kassa-cashier>: api-key is ignored; keys stay in your backend.');
    }
    // After the page had its turn to set `session` on an element it has just made.
    queueMicrotask(() => {
      if (this.isConnected && (this.open || this.#opensByItself)) this.show();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    // A move in the document takes the element out and puts it back in one go; that is no goodbye.
    queueMicrotask(() => {
      if (!this.isConnected) this.#controller.send({ type: 'detach' });
    });
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === 'lang' && this.isConnected) this.#look();
  }

  protected override firstUpdated(): void {
    this.renderRoot.append(...this.#shell.nodes);
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('open')) this.#followOpen();
    if (changed.has('display')) this.#presentation.prepare(this.display);
    const { phase, connected, error } = this.#controller.state;
    const failed = phase === 'failed';
    this.#shell.show({
      words: this.#spoken,
      dir: directionOf(languageFor(this.#surroundings.lang)),
      shown: !failed && (connected || this.#controller.loaded),
      error: failed ? error : undefined,
      sentence: error === this.#told?.error ? (this.#told?.sentence ?? '') : '',
    });
    if (failed && error && error !== this.#told?.error) void this.#findSentence(error);
    if (phase === 'idle') this.#presentation.hide();
    else this.#presentation.show(this.display);
  }

  get #opensByItself(): boolean {
    return this.display === 'inline' || this.display === 'redirect';
  }

  /** `open` is both an order and a report: set by the page it opens or closes, and it follows what happens. */
  #followOpen(): void {
    if (this.open && this.state === 'idle') this.show();
    else if (!this.open && this.state !== 'idle' && !this.#opensByItself) this.close();
  }

  #leave(): void {
    this.#controller.send({ type: 'close', by: 'shopper' });
  }

  #anchor(): Element {
    const root = this.getRootNode() as Document | ShadowRoot;
    const named = this.anchor === undefined ? undefined : root.getElementById(this.anchor);
    return named ?? this.#shell.trigger.assignedElements()[0] ?? this;
  }

  async #findSentence(error: CashierError): Promise<void> {
    this.#told = { error, sentence: '' };
    const words = await loadErrorWords(languageFor(this.#surroundings.lang));
    this.#told = { error, sentence: words?.[error.code] ?? words?.['shop-fault'] ?? '' };
    this.requestUpdate();
  }

  get #spoken(): Words {
    return { ...this.#loadedWords, ...this.words };
  }

  /** Takes over what the page around says, and fetches the words of its language. */
  #look(): void {
    const before = this.#surroundings;
    this.#surroundings = surroundingsOf(this);
    const { scheme, lang } = this.#surroundings;
    for (const name of PAGE_SCHEMES) this.#setState(name, name === scheme);
    if (lang === before.lang) return;
    this.#controller.speak(lang);
    void loadWords(languageFor(lang)).then((words) => {
      if (lang !== this.#surroundings.lang) return;
      this.#loadedWords = words;
      this.#controller.entitle(this.#spoken.frameTitle);
      this.requestUpdate();
    });
  }

  #showPhase(): void {
    for (const phase of PHASES) this.#setState(phase, phase === this.state);
  }

  #setState(name: Phase | PageScheme, on: boolean): void {
    if (on) this.#internals.states.add(name);
    else this.#internals.states.delete(name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kassa-cashier': KassaCashier;
  }
}
