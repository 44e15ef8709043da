/**
 * What the element shows around its frame: a skeleton, an error card, words for screen readers. Made by hand, once:
 * a template library would be a quarter of the whole element.
 */
import type { CashierError } from './errors.ts';
import type { Words } from './words/words.ts';

export interface ShellView {
  readonly words: Words;
  /** The frame has something to show. */
  readonly shown: boolean;
  readonly error: CashierError | undefined;
}

export interface Shell {
  readonly root: HTMLElement;
  /** Where the iframe goes. */
  readonly holder: HTMLElement;
  show(view: ShellView): void;
}

function make(tag: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function createShell(onRetry: () => void): Shell {
  const bones = Array.from({ length: 4 }, () => make('i', {}));
  const skeleton = make('div', { class: 'skeleton', part: 'spinner', 'aria-hidden': 'true' }, ...bones);
  const loading = make('slot', { name: 'loading' }, skeleton);
  const failure = make('slot', { name: 'error' });
  const status = make('p', { class: 'unseen', role: 'status' });
  const holder = make('div', {});
  const root = make('div', { class: 'panel', part: 'panel' }, holder, loading, failure, status);

  /** Made anew each time, so that a screen reader hears it. */
  const card = ({ code, retryable }: CashierError, words: Words): HTMLElement => {
    const message = make(
      'div',
      { class: 'message', part: 'message', role: 'alert' },
      make('h2', {}, words.errorTitle),
      make('p', {}, words.errors[code]),
    );
    if (retryable) {
      const button = make('button', { type: 'button' }, words.tryAgain);
      button.addEventListener('click', onRetry);
      message.append(button);
    }
    return message;
  };

  let told: CashierError | undefined;
  return {
    root,
    holder,
    show({ words, shown, error }) {
      const busy = !shown && !error;
      root.classList.toggle('shown', shown);
      root.setAttribute('aria-busy', String(busy));
      holder.inert = !shown;
      loading.hidden = !busy;
      failure.hidden = !error;
      status.textContent = busy ? words.loading : '';
      if (error !== told) failure.replaceChildren(...(error ? [card(error, words)] : []));
      told = error;
    },
  };
}
