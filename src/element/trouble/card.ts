/** The error card, but for its title and its button, which must be there even when nothing more can be fetched. */
import type { Language } from '../../model/languages.ts';
import type { CashierError, CashierErrorCode } from '../errors.ts';
import { errorWordsOf } from '../words/languages.ts';
import type { ErrorWords, Words } from '../words/words.ts';
import { cardStyles } from './card-styles.ts';

export interface Furniture {
  readonly card: HTMLElement;
  readonly error: CashierError;
  readonly words: Words;
  readonly language: Language;
  /** The hosted page in a window of its own, once there is a session. */
  readonly pageUrl: URL | undefined;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
}

/** The message under which `shared-status.ts` says it, until it is explained. */
const OTHER_TAB = 'other-tab';

/** The message under which `frame.ts` says it: it came, and money moved when it was last heard of. */
const PAGE_STOPPED = 'page-stopped';

/** What keeps a page out of a frame does not keep it out of a window. */
const HELPED_BY_A_WINDOW: readonly CashierErrorCode[] = ['frame-timeout', 'frame-refused', 'csp-blocked'];

/** Where nothing failed but an answer is missing, other words stand above and on the button. */
function wordsFor({ code, message }: CashierError, words: ErrorWords) {
  if (code === 'status-unreachable') {
    return { title: words['outcome-unknown'], text: words[code] ?? '', button: words['check-again'] };
  }
  if (code === 'came-back')
    return { title: words['came-back-title'], text: words[code] ?? '', button: words.continue };
  if (message === OTHER_TAB) return { title: words['other-tab-title'], text: words[OTHER_TAB] };
  if (message === PAGE_STOPPED)
    return { title: words['page-stopped-title'], text: words[PAGE_STOPPED], button: words['open-again'] };
  return { text: words[code] ?? words['shop-fault'] };
}

function replaceText(element: Element | null, text: string | undefined): Element | null {
  if (element && text !== undefined) element.textContent = text;
  return element;
}

export async function furnishCard({
  card,
  error,
  words,
  language,
  pageUrl,
  adopt,
}: Furniture): Promise<void> {
  adopt(cardStyles);
  const sentences = await errorWordsOf(language);
  const { title, text, button } = wordsFor(error, sentences);
  const sentence = document.createElement('p');
  sentence.textContent = text;
  replaceText(card.querySelector('h2'), title)?.after(sentence);
  replaceText(card.querySelector('button'), button);
  const isHelped = HELPED_BY_A_WINDOW.includes(error.code) && error.message !== PAGE_STOPPED;
  if (!pageUrl || !isHelped) return;
  const link = document.createElement('a');
  link.href = pageUrl.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = words.openInWindow;
  card.append(link);
}
