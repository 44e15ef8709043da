/** Where an operation is asked: the method, path and query of its endpoint, with the id of a transaction in it. */
import type { Endpoint } from './profile.ts';

export function addressOf(
  { method, path: template }: Endpoint,
  id: string | undefined,
  query: Readonly<Record<string, string>> = {},
): { readonly method: string; readonly path: string; readonly query: Readonly<Record<string, string>> } {
  const filled = template.replaceAll('{id}', encodeURIComponent(id ?? ''));
  const [path = '', own = ''] = filled.split(/\?(.*)/s, 2);
  return {
    method,
    path: path.startsWith('/') ? path : `/${path}`,
    query: {
      ...(own !== '' && Object.fromEntries(new URLSearchParams(own))),
      // The documents call it a parameter and say no more; without a place of its own it is one of the query.
      ...(id !== undefined && !template.includes('{id}') && { id }),
      ...query,
    },
  };
}
