/**
 * What the element shows around its frame: a skeleton, an error card, words for screen readers. Made by hand, once:
 * a template library would be a quarter of the whole element.
 */
import type { CashierError } from './errors.ts';
import { lastHeight } from './height.ts';
import type { Words } from './words/words.ts';

export interface ShellView {
  readonly words: Words;
  readonly dir: 'ltr' | 'rtl';
  /** The frame has something to show. */
  readonly shown: boolean;
  readonly error: CashierError | undefined;
  /** What is said of the error, once it is there. */
  readonly sentence: string;
}

export interface ShellOptions {
  readonly onRetry: () => void;
  readonly onClose: () => void;
  readonly onTrigger: () => void;
}

export interface Shell {
  readonly nodes: readonly Node[];
  readonly dialog: HTMLDialogElement;
  readonly trigger: HTMLSlotElement;
  /** Where the iframe goes. */
  readonly holder: HTMLElement;
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

export function createShell({ onRetry, onClose, onTrigger }: ShellOptions): Shell {
  const bones = Array.from({ length: 4 }, () => make('i', {}));
  const skeleton = make('div', { class: 'skeleton', part: 'spinner', 'aria-hidden': 'true' }, ...bones);
  const loading = make('slot', { name: 'loading' }, skeleton);
  const failure = make('slot', { name: 'error' });
  const status = make('p', { class: 'unseen', role: 'status' });
  const holder = make('div', {});
  const close = button({ class: 'close', part: 'close' }, onClose);
  const panel = make('div', { class: 'inside', part: 'panel' }, holder, loading, failure, status);
  panel.style.setProperty('--_last', `${lastHeight()}px`);
  const dialog = make('dialog', {}, close, panel);
  const trigger = make('slot', { name: 'trigger' });
  trigger.addEventListener('click', onTrigger);

  /** Made anew each time, so that a screen reader hears it. */
  const card = ({ retryable }: CashierError, words: Words): HTMLElement =>
    make(
      'div',
      { class: 'message', part: 'message', role: 'alert' },
      make('h2', {}, words.errorTitle),
      sentenceOf,
      ...(retryable ? [button({}, onRetry, words.tryAgain)] : []),
    );

  const sentenceOf = make('p', {});
  let told: CashierError | undefined;
  return {
    nodes: [trigger, dialog],
    dialog,
    trigger,
    holder,
    show({ words, dir, shown, error, sentence }) {
      const busy = !shown && !error;
      dialog.dir = dir;
      dialog.ariaLabel = words.frameTitle;
      close.ariaLabel = words.close;
      panel.classList.toggle('shown', shown);
      panel.ariaBusy = String(busy);
      holder.inert = !shown;
      loading.hidden = !busy;
      failure.hidden = !error;
      status.textContent = busy ? words.loading : '';
      sentenceOf.textContent = sentence;
      if (error !== told) failure.replaceChildren(...(error ? [card(error, words)] : []));
      told = error;
    },
  };
}
