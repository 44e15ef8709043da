/**
 * `kassa.js`: registers `<kassa-cashier>` with a class that only makes the frame, and fetches the element, which is four
 * times as large and needed once the frame's page has something to say. The class is then made one of the element's, and
 * what is on the page already is completed: nobody's reference, listener or property is lost.
 */
import type { Early } from '../early.ts';
import { CashierError } from '../errors.ts';
import { KassaErrorEvent } from '../events.ts';
import type { KassaCashier } from '../cashier-element.ts';
import { patiently } from '../patiently.ts';
import { register } from '../register.ts';
import { isOpening } from '../shell/trigger.ts';
import { ERROR_TITLE } from '../words/en.ts';
import { begin, takeBack } from './early.ts';
import { handedOn } from './handed-on.ts';

/**
 * The element's own; a test holds the two together. Frameworks ask whether there is a property of a name, and write an
 * attribute where there is none.
 */
const WITH_ATTRIBUTES =
  'sessionUrl cashierUrl flow theme display anchor open challenge prewarm timeoutMs'.split(' ');
const PROPERTIES = [...WITH_ATTRIBUTES, 'session', 'words', 'payment', 'dialect'];

const attributeOf = (property: string): string =>
  property.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);

/** Methods that may be called before there is anything to do them: they are done when there is. */
const ORDERS = ['show', 'close', 'reload'] as const;
/** Those that answer with a promise. */
const QUESTIONS = ['resume', 'result'] as const;

/** What the class below this one does, once there is one. */
interface Callbacks {
  connectedCallback?(): void;
  disconnectedCallback?(): void;
  attributeChangedCallback?(...change: readonly (string | null)[]): void;
}

/** As long as a hosted page may take to say hello. */
const ARRIVES_WITHIN_MS = 15_000;

let isWhole = false;
let isSorry = false;
const waiting = new Map<FirstCashier, Early | undefined>();

class FirstCashier extends (HTMLElement as new () => HTMLElement & Callbacks) {
  static readonly handedOn = handedOn;
  static readonly observedAttributes = WITH_ATTRIBUTES.map(attributeOf);

  constructor() {
    super();
    if (isWhole) return;
    waiting.set(this, undefined);
    this.addEventListener('click', (event) => {
      if (!isWhole && isOpening(this, event)) (this as unknown as KassaCashier).show();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback?.();
    // After the page had its turn to set `session` on an element it has just made.
    if (!isWhole) queueMicrotask(() => takeFirstSteps(this));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback?.();
    // A move in the document takes it out and puts it back in one go; that is no goodbye.
    queueMicrotask(() => {
      if (isWhole || this.isConnected) return;
      takeBack(waiting.get(this) ?? {});
      waiting.set(this, undefined);
    });
  }

  override attributeChangedCallback(...change: readonly (string | null)[]): void {
    super.attributeChangedCallback?.(...change);
  }
}

function takeFirstSteps(tag: FirstCashier): void {
  if (isWhole || !tag.isConnected || waiting.get(tag)) return;
  // Not of a tag that is whole, or was taken away meanwhile.
  const early = begin(tag, () => waiting.get(tag) === early);
  waiting.set(tag, early);
}

/** Nothing else is there that could say so. It goes on being asked for. */
function apologize(): void {
  if (isWhole || isSorry) return;
  isSorry = true;
  const error = CashierError.of('frame-timeout', {
    message: 'The chunk whole does not come.',
    hint: 'Serve the folder chunks beside kassa.js.',
  });
  for (const tag of waiting.keys()) {
    if (!tag.isConnected) continue;
    const note = document.createElement('p');
    note.role = 'alert';
    note.style.font = '600 1.125rem/1.5 var(--kassa-font,system-ui,sans-serif)';
    note.textContent = ERROR_TITLE;
    // Above the room of a frame that nobody sees.
    (tag.shadowRoot ?? tag.attachShadow({ mode: 'open' })).prepend(note);
    tag.dispatchEvent(new KassaErrorEvent(error));
  }
}

if (register(FirstCashier)) {
  const load = () => import('./whole.ts');
  // The frames of the tags that are there come first: their microtasks are.
  const arrival = Promise.resolve()
    .then(() => patiently(load, () => false, apologize))
    .then((whole) => {
      isWhole = true;
      whole?.become(FirstCashier, Object.keys(meanwhile));
      for (const [tag, early] of waiting) {
        try {
          whole?.complete(FirstCashier, tag, early);
        } catch (error) {
          reportError(error);
        }
      }
      waiting.clear();
    });
  const meanwhile: Record<string, unknown> = { state: 'idle', diagnostics: () => [] };
  for (const name of [...ORDERS, ...QUESTIONS]) {
    meanwhile[name] = function (this: Record<typeof name, () => unknown>): unknown {
      const done = arrival.then(() => this[name]());
      return QUESTIONS.some((it) => it === name) ? done : undefined;
    };
  }
  for (const name of PROPERTIES) meanwhile[name] = undefined;
  for (const [name, value] of Object.entries(meanwhile)) {
    // To be set on each, not here.
    Object.defineProperty(FirstCashier.prototype, name, { value, configurable: true, writable: true });
  }
  setTimeout(apologize, ARRIVES_WITHIN_MS);
}
