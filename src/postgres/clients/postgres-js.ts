/** The client `postgres` (Postgres.js). */
import { DatabaseError } from '../errors.ts';
import { type Client, limitsSql, type Row, type Run } from './client.ts';
import { openDoor } from './door.ts';

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

export function fromPostgresJs<Tx extends object>(client: PostgresJs<Tx>): Client<Tx> {
  if (client.options.max < LEAST_CONNECTIONS) {
    throw DatabaseError.tooFewConnections(LEAST_CONNECTIONS, client.options.max);
  }
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
      await client.begin(async (tx) => {
        const connection = tx as Pick<PostgresJs, 'unsafe'>;
        const door = openDoor(tx);
        // Sent in one go with what `work` begins with; when it fails, so does that.
        const limited = Promise.resolve(connection.unsafe(limitsSql(limits)));
        limited.catch(() => undefined);
        try {
          result = await work(runOn(connection), door.tx);
          await limited;
        } finally {
          door.close();
        }
      });
      return result as never;
    },
    async listen(channel, onPayload) {
      const listening = await client.listen(channel, onPayload);
      return () => listening.unlisten();
    },
  };
}
