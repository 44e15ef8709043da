/**
 * What the element shows around its frame: a skeleton, an error card, words for screen readers. Made by hand, once:
 * a template library would be a quarter of the whole element.
 */
import type { CashierError } from '../errors.ts';
import type { Words } from '../words/words.ts';
import type { Around } from './around.ts';
import { isOpening } from './trigger.ts';

export interface ShellView {
  readonly words: Words;
  readonly dir: 'ltr' | 'rtl';
  /** A value of `color-scheme`, or empty to inherit. */
  readonly scheme: string;
  /** The frame has something to show. */
  readonly shown: boolean;
  readonly error: CashierError | undefined;
  /** Somebody looks at it, or waits for it. */
  readonly isOpen: boolean;
}

export interface ShellOptions {
  readonly tag: HTMLElement;
  /** Completed here; a frame may be in it already. */
  readonly around: Around;
  readonly onRetry: () => void;
  readonly onClose: () => void;
  readonly onTrigger: () => void;
  /** A new error card is there, with its title and its button. */
  readonly onCard: (card: HTMLElement, error: CashierError) => void;
}

export interface Shell extends Around {
  readonly trigger: HTMLElement;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
  show(view: ShellView): void;
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function button(attributes: Readonly<Record<string, string>>, onClick: () => void, ...children: string[]) {
  const element = make('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', onClick);
  return element;
}

/**
 * A page that is there sooner is not announced: nothing flashes, nothing is read out, and nothing is laid out and painted
 * while it loads (a seventh of the way to a page that is ready, `npm run bench -- ready`).
 */
const LATE_MS = 200;

export function createShell({ tag, around, onRetry, onClose, onTrigger, onCard }: ShellOptions): Shell {
  const { dialog, panel, holder } = around;
  const skeleton = make('div', { class: 'skeleton', part: 'spinner' });
  const loading = make('slot', { name: 'loading' }, skeleton);
  const failure = make('slot', { name: 'error' });
  const status = make('p', { class: 'unseen', role: 'status' });
  const close = button({ class: 'close', part: 'close', hidden: '' }, onClose);
  holder.append(make('slot', { name: 'frame' }));
  panel.append(loading, failure, status);
  dialog.prepend(close);
  const trigger = make('slot', { name: 'trigger' });
  tag.addEventListener('click', (event) => {
    if (isOpening(tag, event)) onTrigger();
  });

  /** Made anew each time, so that a screen reader hears it. */
  const card = ({ retryable }: CashierError, words: Words): HTMLElement =>
    make(
      'div',
      { class: 'message', part: 'message', role: 'alert' },
      make('h2', {}, words.errorTitle),
      ...(retryable ? [button({}, onRetry, words.tryAgain)] : []),
    );

  /** What is said to who waits; empty while nobody does. */
  let waitingFor = '';
  let lateness: ReturnType<typeof setTimeout> | undefined;
  const tellLate = (): void => {
    skeleton.append(...Array.from({ length: 10 }, () => make('i', {})));
    status.textContent = waitingFor;
  };
  const waitFor = (what: string): void => {
    if (what && !waitingFor) lateness = setTimeout(tellLate, LATE_MS);
    if (!what) {
      clearTimeout(lateness);
      skeleton.replaceChildren();
    }
    waitingFor = what;
    status.textContent = skeleton.firstChild ? what : '';
  };

  const adopted = new Set<string>();
  let told: CashierError | undefined;
  let toldIn: Words | undefined;
  return {
    ...around,
    trigger,
    adopt(css) {
      const { adoptedStyleSheets } = dialog.getRootNode() as Partial<ShadowRoot>;
      // The DOM of a unit test has no looks.
      if (adopted.has(css) || !adoptedStyleSheets) return;
      adopted.add(css);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      adoptedStyleSheets.push(sheet);
    },
    show({ words, dir, scheme, shown, error, isOpen }) {
      const busy = !shown && !error;
      dialog.dir = dir;
      dialog.style.colorScheme = scheme;
      dialog.ariaLabel = words.frameTitle;
      close.ariaLabel = words.close;
      panel.classList.toggle('shown', shown);
      panel.ariaBusy = String(busy);
      holder.inert = !shown;
      loading.hidden = !busy;
      failure.hidden = !error;
      waitFor(busy && isOpen ? words.loading : '');
      // Another language may come while the card is there.
      if (error === told && (!error || words === toldIn)) return;
      told = error;
      toldIn = words;
      failure.replaceChildren();
      if (!error) return;
      const shownCard = card(error, words);
      failure.append(shownCard);
      onCard(shownCard, error);
    },
  };
}
