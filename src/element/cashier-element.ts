/** `<kassa-cashier>`: its attributes, its methods and what it shows. What it does is the machine's to say. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FLOWS, type Flow } from '../model/flows.ts';
import type { Outcome } from '../model/outcome.ts';
import { CashierController } from './cashier-controller.ts';
import { watchPlainPage } from './color-scheme.ts';
import type { DiagnosticEntry } from './diagnostics.ts';
import { type Phase, PHASES } from './machine.ts';
import type { SessionInput } from './session-source.ts';
import { styles } from './styles.ts';
import { en } from './words/en.ts';

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
        console.warn(`<kassa-cashier>: "${value}" is none of ${words.join(', ')}; using "${words[0]}".`);
      }
      return known ?? words[0];
    },
  };
}

/**
 * The cashier on the shop's page. What it reports is for the screen; goods go out on the webhook.
 *
 * @slot loading - shown instead of the skeleton
 * @slot error - shown instead of the error card
 * @csspart panel - everything
 * @csspart frame - the iframe
 * @csspart message - the error card
 * @csspart spinner - the skeleton
 */
export class KassaCashier extends LitElement {
  static override styles = styles;

  /** The shop's own route; asked with POST each time a session is needed. */
  @property({ attribute: 'session-url' }) sessionUrl: string | undefined;
  /** Instead of `session-url`: a session minted elsewhere. A function is asked again for each new session. */
  @property({ attribute: false }) session: SessionInput | undefined;
  /** Sent to `session-url`. */
  @property({ converter: wordOf(FLOWS) }) flow: Flow = 'deposit';
  /** Live, without a reload of the frame. */
  @property({ reflect: true, useDefault: true, converter: wordOf(THEMES) }) theme: Theme = 'auto';
  /** Until the hosted page must have said hello, in milliseconds. */
  @property({ attribute: 'timeout-ms', type: Number }) timeoutMs = DEFAULT_TIMEOUT_MS;

  readonly #internals = this.attachInternals();
  readonly #holder = document.createElement('div');
  readonly #controller = new CashierController({
    holder: this.#holder,
    lang: () => this.#language(),
    frameTitle: () => en.frameTitle,
    timeoutMs: () => (this.timeoutMs > 0 ? this.timeoutMs : DEFAULT_TIMEOUT_MS),
    source: (signal) => ({
      session: this.session,
      sessionUrl: this.sessionUrl,
      flow: this.flow,
      lang: this.#language(),
      signal,
    }),
    dispatch: (event) => this.dispatchEvent(event),
    onChange: () => {
      this.#showPhase();
      this.requestUpdate();
    },
  });
  #unwatchPage: (() => void) | undefined;

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
    this.#unwatchPage = watchPlainPage(this, (plain) => this.#setState('plain', plain));
    this.#showPhase();
    // After the page had its turn to set `session` on an element it has just made.
    queueMicrotask(() => {
      if (this.isConnected) this.show();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatchPage?.();
    // A move in the document takes the element out and puts it back in one go; that is no goodbye.
    queueMicrotask(() => {
      if (!this.isConnected) this.#controller.send({ type: 'detach' });
    });
  }

  protected override render(): TemplateResult {
    const { phase, connected } = this.#controller.state;
    const failed = phase === 'failed';
    const shown = !failed && (connected || this.#controller.loaded);
    return html`<div class="panel ${shown ? 'shown' : ''}" part="panel" aria-busy=${!shown && !failed}>
      <div ?inert=${!shown}>${this.#holder}</div>
      ${shown || failed ? nothing : SKELETON} ${failed ? this.#errorCard() : nothing}
      <p class="hidden" role="status">${shown || failed ? '' : en.loading}</p>
    </div>`;
  }

  #errorCard(): TemplateResult {
    const { error } = this.#controller.state;
    return html`<slot name="error">
      <div class="message" part="message" role="alert">
        ${WARNING}
        <h2>${en.errorTitle}</h2>
        <p>${error ? en.errors[error.code] : nothing}</p>
        ${
          error?.retryable === false
            ? nothing
            : html`<button type="button" @click=${() => this.reload()}>${en.tryAgain}</button>`
        }
      </div>
    </slot>`;
  }

  #showPhase(): void {
    for (const phase of PHASES) this.#setState(phase, phase === this.state);
  }

  #setState(name: Phase | 'plain', on: boolean): void {
    if (on) this.#internals.states.add(name);
    else this.#internals.states.delete(name);
  }

  #language(): string {
    const inherited = this.closest<HTMLElement>('[lang]')?.lang;
    return inherited !== undefined && inherited !== '' ? inherited : navigator.language;
  }
}

const SKELETON = html`<slot name="loading"
  ><div class="skeleton" part="spinner" aria-hidden="true"><i></i><i></i><i></i><i></i></div
></slot>`;

const WARNING = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.5"
  aria-hidden="true"
>
  <circle cx="12" cy="12" r="9.25" />
  <path d="M12 7.5v5.5M12 16.25v.25" stroke-linecap="round" stroke-width="2" />
</svg>`;

declare global {
  interface HTMLElementTagNameMap {
    'kassa-cashier': KassaCashier;
  }
}
