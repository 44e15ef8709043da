import type { Words } from './words.ts';

export const en: Words = {
  frameTitle: 'Secure payment',
  loading: 'Opening the secure payment page…',
  tryAgain: 'Try again',
  errorTitle: 'The payment page cannot be shown',
  errors: {
    'session-failed': 'The payment could not be started. Nothing was charged.',
    'token-expired': 'This payment page has expired. Nothing was charged.',
    'frame-timeout': 'The payment page does not answer. Check your connection and try again.',
    'frame-refused': 'The shop has a problem with its payment page. Nothing was charged.',
    'csp-blocked': 'The shop has a problem with its payment page. Nothing was charged.',
    'protocol-mismatch': 'The shop has a problem with its payment page. Nothing was charged.',
    'popup-blocked': 'Your browser blocked the window of your bank. Press the button to open it.',
    'challenge-timeout':
      'Your bank’s page did not finish in time. We are checking what became of the payment.',
    'status-unreachable': 'We cannot reach the shop to check the payment. We keep trying.',
    'unsafe-url': 'The shop has a problem with its payment page. Nothing was charged.',
    'insecure-context': 'This page is not secure, so payments are off. Nothing was charged.',
  },
};
