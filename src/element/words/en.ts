import type { Words } from './words.ts';

/** Also said by the script-tag file, when the element itself does not come. */
export const ERROR_TITLE = 'The payment page cannot be shown';

/** What nearly every page needs. What is said when something fails lies in `en-errors.ts`, which few do. */
export const en: Words = {
  frameTitle: 'Secure payment',
  loading: 'Opening the secure payment page…',
  tryAgain: 'Try again',
  openInWindow: 'Open in a new window',
  close: 'Close',
  errorTitle: ERROR_TITLE,
};
