/**
 * A bank that is reached by POST, real HTTP: it sends the shopper back where `back` says, and remembers what it got, each
 * test file under a query of its own, as they run side by side.
 */
import type { IncomingMessage } from 'node:http';

interface Exchange {
  readonly path: string;
  readonly method: string;
  readonly querystring: string;
  readonly req: IncomingMessage;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

const posted = new Map<string, Readonly<Record<string, string>>>();

export async function bankRoutes(context: Exchange, next: () => Promise<void>): Promise<void> {
  if (context.path !== '/bank') return next();
  if (context.method === 'POST') {
    let form = '';
    for await (const chunk of context.req) form += String(chunk);
    const fields: Readonly<Record<string, string>> = Object.fromEntries(new URLSearchParams(form));
    posted.set(context.querystring, fields);
    context.status = 303;
    context.set('location', fields.back ?? '/');
  } else context.body = posted.get(context.querystring) ?? {};
}
