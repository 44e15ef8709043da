/** What is needed when something fails comes when it does; without it, there is still a card with a button. */
import { CashierError } from '../errors.ts';
import type { Furniture } from './card.ts';

const load = () => import('./trouble.ts');

/** Fills in what the place of the error did not say better itself; without the words it is told all the same. */
export const explained = (error: CashierError): Promise<CashierError> =>
  load().then(
    ({ explanationOf }) => CashierError.of(error.code, explanationOf(error)),
    () => error,
  );

/** Puts into the card what it can do without. */
export const furnish = (furniture: Furniture): void => {
  load().then(
    ({ furnishCard }) => furnishCard(furniture),
    () => undefined,
  );
};

/** Tells whoever wrote the page which word of it is wrong, and which of them would do. */
export const warn = (word: string, words?: readonly string[]): void => {
  load().then(
    ({ warnAuthor }) => warnAuthor(word, words),
    () => undefined,
  );
};
