/** The error card, but for its title and its button, which must be there even when nothing more can be fetched. */
import type { Language } from '../../model/languages.ts';
import type { CashierError, CashierErrorCode } from '../errors.ts';
import { errorWordsOf } from '../words/languages.ts';
import type { Words } from '../words/words.ts';
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

/** What keeps a page out of a frame does not keep it out of a window. */
const HELPED_BY_A_WINDOW: readonly CashierErrorCode[] = ['frame-timeout', 'frame-refused', 'csp-blocked'];

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
  const sentence = document.createElement('p');
  sentence.textContent = sentences[error.code] ?? sentences['shop-fault'];
  card.querySelector('h2')?.after(sentence);
  if (!pageUrl || !HELPED_BY_A_WINDOW.includes(error.code)) return;
  const link = document.createElement('a');
  link.href = pageUrl.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = words.openInWindow;
  card.append(link);
}
