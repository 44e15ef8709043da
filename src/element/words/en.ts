import type { Words } from './words.ts';

/** What nearly every page needs. What is said when something fails lies in `en-errors.ts`, which few do. */
export const en: Words = {
  frameTitle: 'Secure payment',
  loading: 'Opening the secure payment page…',
  tryAgain: 'Try again',
  openInWindow: 'Open in a new window',
  close: 'Close',
  errorTitle: 'The payment page cannot be shown',
};
