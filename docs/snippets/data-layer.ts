import type { KassaEventMap } from 'kassa';

export type Entry = { readonly event: string } & Readonly<Record<string, string | boolean>>;

/** What is told of each event: words from closed lists. No id, amount, name, address or text of anybody's. */
const FIELDS: { readonly [K in keyof KassaEventMap]?: (event: KassaEventMap[K]) => Omit<Entry, 'event'> } = {
  'kassa-ready': () => ({}),
  'kassa-challenge': ({ display }) => ({ display }),
  'kassa-status': ({ status, verified }) => ({ status, verified }),
  'kassa-outcome': ({ outcome: { kind, verified } }) => ({ kind, verified }),
  'kassa-closed': ({ outcome: { kind } }) => ({ kind }),
  'kassa-error': ({ error: { code, retryable } }) => ({ code, retryable }),
};

/** The events bubble, so one call is enough for every cashier of a page. */
export function tellOf(root: EventTarget, push: (entry: Entry) => void): void {
  for (const [event, fieldsOf] of Object.entries(FIELDS)) {
    root.addEventListener(event, (happened) => push({ event, ...fieldsOf(happened as never) }));
  }
}
