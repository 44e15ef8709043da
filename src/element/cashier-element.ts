/** `<kassa-cashier>`: its attributes, its methods and what it shows. What it does is the machine's to say. */
import { ReactiveElement } from 'lit';
import { FLOWS, type Flow } from '../model/flows.ts';
import type { Outcome } from '../model/outcome.ts';
import { CashierController } from './cashier-controller.ts';
import { watchPlainPage } from './color-scheme.ts';
import type { DiagnosticEntry } from './diagnostics.ts';
import { type Phase, PHASES } from './machine.ts';
import type { SessionInput } from './session-source.ts';
import { createShell } from './shell.ts';
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
export class KassaCashier extends ReactiveElement {
  static override styles = styles;

  static override properties = {
    sessionUrl: { attribute: 'session-url' },
    session: { attribute: false },
    flow: { converter: wordOf(FLOWS) },
    theme: { converter: wordOf(THEMES), reflect: true, useDefault: true },
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
  /** Until the hosted page must have said hello, in milliseconds. */
  timeoutMs = DEFAULT_TIMEOUT_MS;

  readonly #internals = this.attachInternals();
  readonly #shell = createShell(() => this.reload());
  readonly #controller = new CashierController({
    holder: this.#shell.holder,
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

  protected override firstUpdated(): void {
    this.renderRoot.append(this.#shell.root);
  }

  protected override updated(): void {
    const { phase, connected, error } = this.#controller.state;
    const failed = phase === 'failed';
    this.#shell.show({
      words: en,
      shown: !failed && (connected || this.#controller.loaded),
      error: failed ? error : undefined,
    });
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

declare global {
  interface HTMLElementTagNameMap {
    'kassa-cashier': KassaCashier;
  }
}
