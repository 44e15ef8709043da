/** The pool of the client `pg` (node-postgres). */
import { DatabaseError } from '../errors.ts';
import { type Client, limitsSql, type Row, type Run } from './client.ts';
import { openDoor } from './door.ts';

/** The part of `Pool` that is used. */
export interface NodePostgres {
  connect(): Promise<NodePostgresClient>;
  query(query: Query): Promise<{ rows: unknown[][] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  listenerCount(event: 'error'): number;
  readonly options: { readonly max: number };
}

export interface NodePostgresClient {
  query(query: Query): Promise<{ rows: unknown[][] }>;
  query(sql: string): Promise<unknown>;
  on(event: 'notification', listener: (message: { channel: string; payload?: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  release(broken?: boolean): void;
}

interface Query {
  text: string;
  values: unknown[];
  rowMode: 'array';
}

/** One to listen, one to hold a lock, one to work. */
const LEAST_CONNECTIONS = 3;

/** The next statement fails, and says so; without a listener, Node would end the process. */
const ignore = (): void => undefined;

export function fromNodePostgres(pool: NodePostgres): Client<NodePostgresClient> {
  if (pool.options.max < LEAST_CONNECTIONS) {
    throw DatabaseError.tooFewConnections(LEAST_CONNECTIONS, pool.options.max);
  }
  // A connection that breaks while it is idle ends the process otherwise (node-postgres, "Pool events").
  if (pool.listenerCount('error') === 0) pool.on('error', ignore);
  const runOn =
    (connection: { query(query: Query): Promise<{ rows: readonly Row[] }> }): Run =>
    async ({ sql, params }) =>
      (await connection.query({ text: sql, values: [...params], rowMode: 'array' })).rows;

  return {
    isSingle: false,
    run: runOn(pool),
    async transaction(work, limits) {
      const client = await pool.connect();
      client.on('error', ignore);
      const door = openDoor(client);
      let isBroken = true;
      try {
        await client.query(`begin; ${limitsSql(limits)}`);
        try {
          const result = await work(runOn(client), door.tx);
          door.close();
          await client.query('commit');
          isBroken = false;
          return result;
        } catch (error) {
          door.close();
          isBroken = await client.query('rollback').then(
            () => false,
            () => true,
          );
          throw error;
        }
      } finally {
        client.off('error', ignore);
        client.release(isBroken);
      }
    },
    async listen(channel, onPayload) {
      const client = await pool.connect();
      client.on('error', ignore);
      client.on('notification', (message) => {
        if (message.channel === channel) onPayload(message.payload ?? '');
      });
      try {
        await client.query(`listen ${channel}`);
      } catch (error) {
        client.release(true);
        throw error;
      }
      return () => {
        client.release(true);
        return Promise.resolve();
      };
    },
  };
}
