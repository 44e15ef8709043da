/** A bank that is reached by POST, real HTTP: it sends the shopper back where `back` says, and remembers what it got. */
import type { IncomingMessage } from 'node:http';

interface Exchange {
  readonly path: string;
  readonly method: string;
  readonly req: IncomingMessage;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

let posted: Readonly<Record<string, string>> = {};

export async function bankRoutes(context: Exchange, next: () => Promise<void>): Promise<void> {
  if (context.path !== '/bank') return next();
  if (context.method === 'POST') {
    let form = '';
    for await (const chunk of context.req) form += String(chunk);
    posted = Object.fromEntries(new URLSearchParams(form));
    context.status = 303;
    context.set('location', posted.back ?? '/');
  } else context.body = posted;
}
