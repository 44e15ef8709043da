/**
 * Where the hosted page is, before a session says so: it is loaded beside the request for one, and gets its token over the
 * port. An address from here is a guess. Nothing of its page is shown or obeyed until a session has named the very same.
 */

import type { Session } from '../../wire/session.ts';
import type { Phase } from '../machine/state.ts';

export interface GuessedTag {
  readonly cashierUrl: string | undefined;
  readonly sessionUrl: string | undefined;
  readonly flow: string;
  /** A page that speaks in its own manner takes no token over a port. */
  readonly dialect: unknown;
}

/**
 * As the tag says, as it was `before`, or as on the last visit. While nobody waits, the shop's session route is asked: it
 * answers that to a GET.
 *
 * @throws Error when the route does not say; the click then opens the cashier as if nothing had been tried
 */
export async function addressAhead(
  tag: GuessedTag,
  phase: Phase,
  before: Pick<Session, 'cashierUrl'> | undefined,
): Promise<string | undefined> {
  if (phase === 'idle') return tag.cashierUrl ?? (tag.sessionUrl && askForAddress(tag.sessionUrl));
  // A direct order may lead to a page that cannot be framed.
  if (tag.flow === 'direct' || tag.dialect) return undefined;
  return tag.cashierUrl ?? before?.cashierUrl ?? recallPage(tag);
}

async function askForAddress(sessionUrl: string): Promise<string> {
  const response = await fetch(sessionUrl, { headers: { accept: 'application/json' } });
  const answer = (await response.json()) as { readonly cashierUrl?: unknown } | null;
  if (typeof answer?.cashierUrl === 'string') return answer.cashierUrl;
  throw new Error(`${sessionUrl} did not say where the cashier is`);
}

const keyOf = ({ sessionUrl = '', flow }: GuessedTag): string => `kassa-page ${flow} ${sessionUrl}`;

/** For the next visit: of a page that has said hello, so that it knows what to do with a port. */
export function keepPage(tag: GuessedTag, cashierUrl: string): void {
  const { origin, pathname, href } = new URL(cashierUrl);
  // What else an address has may be meant for one order.
  if (!tag.sessionUrl || href !== `${origin}${pathname}`) return;
  try {
    localStorage.setItem(keyOf(tag), cashierUrl);
  } catch {
    // Nothing is lost but a little time.
  }
}

function recallPage(tag: GuessedTag): string | undefined {
  try {
    return localStorage.getItem(keyOf(tag)) ?? undefined;
  } catch {
    return undefined;
  }
}
