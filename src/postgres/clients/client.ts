/** What the order book needs of a database client, and how little that is: the clients differ in nothing else. */

/** One statement, or several without parameters; each row is an array of its columns. */
export type Run = (statement: Statement) => Promise<readonly Row[]>;
export type Row = readonly unknown[];

export interface Statement {
  /** With `$1`, `$2`, … */
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface Client<Tx> {
  /** On whichever connection is free. */
  readonly run: Run;
  /**
   * Commits when `work` resolves, and rolls back when it rejects. `tx` is the transaction in the client's own form, for
   * the shop's handlers; it refuses to work when `work` has ended.
   */
  transaction<T>(work: (run: Run, tx: Tx) => Promise<T>, limits: Limits): Promise<T>;
  /** Calls back with each payload of the channel, as long as the connection lasts. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  /** One connection serves all: what runs in a transaction keeps everybody else waiting. */
  readonly isSingle: boolean;
}

export interface Limits {
  /** How long the database lets one statement take, a wait for a lock included, and a pause between two. */
  readonly timeoutMs: number;
}

/** The same for all: settings that end with their transaction. */
export const limitsSql = ({ timeoutMs }: Limits): string =>
  ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout']
    .map((name) => `set local ${name} = ${Math.ceil(timeoutMs)}`)
    .join('; ');
