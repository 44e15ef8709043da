import type { ErrorWords } from './words.ts';

export const enErrors: ErrorWords = {
  'session-failed': 'The payment could not be started. Nothing was charged.',
  'token-expired': 'This payment page has expired. Nothing was charged.',
  'frame-timeout': 'The payment page does not answer. Check your connection and try again.',
  'frame-flood':
    'The payment page sent far too much and was closed. We are checking whether anything was paid.',
  'shop-fault': 'The shop has a problem with its payment page. Nothing was charged.',
  'popup-blocked': 'Your browser blocked the window of your bank. Press the button to open it.',
  'challenge-timeout': 'Your bank’s page did not finish in time. We are checking what became of the payment.',
  'status-unreachable': 'Please do not pay again before you know. We can ask the shop once more.',
  'outcome-unknown': 'We do not know yet whether the payment went through',
  'check-again': 'Check again',
  'other-tab': 'This order is open in another tab. Finish it there, or close that tab.',
  'other-tab-title': 'Open in another tab',
  'page-stopped': 'Your payment may have gone through. Please do not pay again before you know.',
  'page-stopped-title': 'The payment page stopped before it was done',
  'open-again': 'Open the page again',
  'came-back': 'You have come back to the shop. Continue when you are ready.',
  'came-back-title': 'Continue to the payment page?',
  continue: 'Continue',
  'insecure-context': 'This page is not secure, so payments are off. Nothing was charged.',
};
