/** What Postgres.js asks for itself while it connects, and how that is kept from ending the process. */

/** The part of its class `Query` that is used: not documented, and left alone where it looks different. */
interface Query {
  /** Sends it, unless that was done: each `then` calls it. */
  handle: (this: Query) => unknown;
  readonly executed: boolean;
  /** What the library asks for itself has none; nor has what was cancelled, which is marked so or was sent before. */
  readonly canceller?: unknown;
  readonly cancelled?: unknown;
  reject(error: unknown): void;
}

const mended = new WeakSet<object>();
const ignore = (): void => undefined;

/**
 * On each new connection Postgres.js (3.4) asks for the types of arrays (`fetchArrayTypes`, connection.js:768), and with
 * `target_session_attrs` for the state of the server (`fetchState`, connection.js:800), and nobody hears of their end: a
 * server that is stopped or restarted just then makes an unhandled rejection, by which Node ends the whole process.
 * Neither is awaited by anyone, and the statement that the connection was opened for is rejected beside them (`errored`,
 * connection.js:390) or sent on the next one; so here they fail in silence. No option reaches them: `fetch_types: false`
 * would take the shop's own array columns away. All clients of one copy of the library share the class.
 */
export function quietOwnQueries(anyQuery: unknown): void {
  const prototype: unknown = Object.getPrototypeOf(anyQuery);
  if (!isQueryClass(prototype) || mended.has(prototype)) return;
  mended.add(prototype);
  const { handle } = prototype;
  prototype.handle = function quietly(this: Query): unknown {
    if (!this.executed && !this.canceller && !this.cancelled) this.reject = ignore;
    return handle.call(this);
  };
}

const isQueryClass = (prototype: unknown): prototype is Query =>
  typeof prototype === 'object' &&
  prototype !== null &&
  Object.hasOwn(prototype, 'handle') &&
  typeof Reflect.get(prototype, 'handle') === 'function' &&
  Object.hasOwn(prototype, 'cancel');
