/** Where the hosted page is, before there is a session: the shop's session route answers that to a GET. */

/** @throws Error when the route does not say; the click then opens the cashier as if nothing had been tried. */
export async function askForAddress(sessionUrl: string | undefined): Promise<string> {
  if (sessionUrl === undefined) throw new Error('prewarm needs session-url');
  const response = await fetch(sessionUrl, { headers: { accept: 'application/json' } });
  const answer = (await response.json()) as { readonly cashierUrl?: unknown } | null;
  if (typeof answer?.cashierUrl === 'string') return answer.cashierUrl;
  throw new Error(`${sessionUrl} did not say where the cashier is`);
}
