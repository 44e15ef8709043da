/** The client `postgres` (Postgres.js). */
import { DatabaseError } from '../errors.ts';
import { type Client, limitsSql, type Row, type Run } from './client.ts';
import { openDoor } from './door.ts';
import { quietOwnQueries } from './postgres-js-own-queries.ts';

/** The part of `Sql` that is used. */
export interface PostgresJs<Tx = object> {
  begin(work: (tx: Tx) => Promise<unknown>): Promise<unknown>;
  listen(channel: string, onPayload: (payload: string) => void): PromiseLike<{ unlisten(): Promise<void> }>;
  unsafe(sql: string, params?: never[], options?: { prepare?: boolean }): Pending;
  readonly options: { readonly max: number };
}

interface Pending extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>;
}

/** One for work and one for a lock; it opens one more by itself to listen. */
const LEAST_CONNECTIONS = 2;

const lost = (): Error => new Error('The connection was lost, and with it the transaction.');

/**
 * Postgres.js (3.4) sends ROLLBACK or COMMIT when the callback of `begin` ends, on a connection that was lost as well,
 * and ends the whole process by it ("Cannot read properties of null (reading 'write')"). `begin` has rejected by then;
 * a callback that never ends sends nothing.
 */
const forEver = (): Promise<never> => new Promise(() => undefined);

export function fromPostgresJs<Tx extends object>(client: PostgresJs<Tx>): Client<Tx> {
  if (client.options.max < LEAST_CONNECTIONS) {
    throw DatabaseError.tooFewConnections(LEAST_CONNECTIONS, client.options.max);
  }
  // Never sent: a query is, when it is awaited.
  quietOwnQueries(client.unsafe('select 1'));
  const runOn =
    (connection: Pick<PostgresJs, 'unsafe'>): Run =>
    async ({ sql, params }) =>
      // The client's own `prepare: false`, for poolers, wins over this one.
      (await connection.unsafe(sql, params as never[], { prepare: true }).values()) as readonly Row[];
  return {
    isSingle: false,
    run: runOn(client),
    async transaction(work, limits) {
      let result: unknown;
      let isLost = false;
      let opened: { close(): void } | undefined;
      const begun = client.begin(async (tx) => {
        const connection = tx as Pick<PostgresJs, 'unsafe'>;
        const door = openDoor(tx);
        opened = door;
        const run = runOn(connection);
        // Sent in one go with what `work` begins with; when it fails, so does that.
        const limited = Promise.resolve(connection.unsafe(limitsSql(limits)));
        limited.catch(() => undefined);
        try {
          result = await work((statement) => (isLost ? Promise.reject(lost()) : run(statement)), door.tx);
          await limited;
        } catch (error) {
          // A query hears of a lost connection a moment before `begin` does.
          await new Promise((resolve) => setTimeout(resolve, 0));
          if (!isLost) throw error;
        } finally {
          door.close();
        }
        if (isLost) await forEver();
      });
      begun.catch(() => {
        isLost = true;
        opened?.close();
      });
      await begun;
      return result as never;
    },
    async listen(channel, onPayload) {
      const listening = await client.listen(channel, onPayload);
      return () => listening.unlisten();
    },
  };
}
