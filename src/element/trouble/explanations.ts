/** What went wrong in words, for developers. A chunk of its own: most pages never need it. */
import type { CashierError, CashierErrorCode, RefusedSession } from '../errors.ts';

interface Explanation {
  readonly message: string;
  readonly hint: string;
}

/** What the place of the error did not say better itself is filled in. */
export function explanationOf({ code, message, hint, cause }: CashierError): Explanation {
  const usual = EXPLANATIONS[code];
  const told = wordsOf(cause);
  const reason = REASONS[message];
  return {
    message: firstOf(reason?.message, message, told.message, usual.message),
    hint: firstOf(hint, reason?.hint, told.hint, usual.hint),
  };
}

const firstOf = (...texts: readonly (string | undefined)[]): string => texts.find(Boolean) ?? '';

const LONGEST = 500;

/** What the shop's routes answer when they refuse has words; anything else has none. */
function wordsOf(cause: unknown): { readonly message?: string; readonly hint?: string } {
  if (isRefusal(cause)) {
    const { message, hint }: Readonly<Record<string, unknown>> = cause.body.error ?? {};
    return {
      message: firstOf(text(message), `${cause.url} answered HTTP ${cause.status}.`),
      hint: text(hint),
    };
  }
  const reason = cause instanceof Error ? String(cause) : text(cause);
  return reason === '' ? {} : { message: `The session could not be fetched: ${reason}` };
}

const isRefusal = (cause: unknown): cause is RefusedSession =>
  typeof cause === 'object' && cause !== null && 'body' in cause;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST) : '');

/** What other places call their own reasons, to keep their sentences out of the first file. */
const REASONS: Readonly<Record<string, Partial<Explanation>>> = {
  'other-tab': {
    message: 'This order is open in another tab of the browser, or in another element of this page.',
  },
  'no-session': { message: 'A session needs token, flow, trackingId and cashierUrl.' },
  'page-stopped': {
    message: 'The hosted page fell silent while money moved, or came to no end.',
    hint: 'The outcome comes from the backend. A page says busy again every 5 s, and lets go of it within 15 minutes.',
  },
};

const EXPLANATIONS: Readonly<Record<CashierErrorCode, Explanation>> = {
  'session-failed': {
    message: 'The shop’s session route gave no session.',
    hint: 'Look at the answer of session-url in the network panel; createKassa logs the cause through onError.',
  },
  'token-expired': {
    message: 'The cashier’s token has expired.',
    hint: 'A fresh session is fetched by itself, unless kassa-expiring was prevented.',
  },
  'frame-timeout': {
    message: 'The hosted cashier page did not answer in time.',
    hint: 'Check that cashierUrl opens in a tab of its own, and that its page allows this origin to frame it (frame-ancestors).',
  },
  'frame-flood': {
    message: 'The hosted cashier page said more than the frame protocol lets a page say, and was taken away.',
    hint: 'Its operator should look for a loop that posts messages; the limits are in docs/protocol.md. The outcome comes from the backend.',
  },
  'frame-refused': {
    message: 'The hosted cashier page may not be shown here.',
    hint: 'The cashier must live on another origin than the shop’s page: its frame would have no sandbox otherwise.',
  },
  'came-back': {
    message: 'The shopper came back from the page that this one leads to.',
    hint: 'Nothing to do: they go on by a press. No session was fetched for it.',
  },
  'panel-hidden': {
    message: 'The panel cannot be seen where it stands.',
    hint: 'Put the tag elsewhere, or show what is around it: the panel opens by itself as soon as it can be seen.',
  },
  'csp-blocked': {
    message: 'The page’s Content-Security-Policy blocks the cashier.',
    hint: 'Add the origin of cashierUrl to frame-src.',
  },
  'protocol-mismatch': {
    message: 'The hosted page speaks no version of the protocol that this element knows.',
    hint: 'Update whichever of the two is older; the payment still works, without resizing and live theme.',
  },
  'popup-blocked': {
    message: 'The browser blocked the window of the bank.',
    hint: 'Let the shopper press a button; a popup needs a gesture.',
  },
  'challenge-timeout': {
    message: 'The bank’s page did not finish in time.',
    hint: 'The outcome comes from the backend; nothing has to be paid again.',
  },
  'status-unreachable': {
    message: 'The shop’s status route cannot be reached.',
    hint: 'Check statusUrl. Until it answers, nothing is reported as verified.',
  },
  'unsafe-url': {
    message: 'cashierUrl, or another URL that was to be opened, is not safe.',
    hint: 'Use https; http is taken for this machine only (localhost, 127.0.0.1).',
  },
  'insecure-context': {
    message: 'The page is not a secure context.',
    hint: 'Serve the page over https, or from localhost.',
  },
};
