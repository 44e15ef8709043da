/** PGlite: PostgreSQL inside this process, in a folder or in memory. It has one connection, so nothing waits for a lock. */
import type { Client, Row, Run } from './client.ts';
import { openDoor } from './door.ts';

/** The part of `PGlite` that is used. */
export interface Pglite<Tx = object> {
  query(sql: string, params: unknown[], options: { rowMode: 'array' }): Promise<{ rows: unknown[] }>;
  transaction(work: (tx: Tx) => Promise<unknown>): Promise<unknown>;
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  exec(sql: string): Promise<unknown>;
}

export function fromPglite<Tx extends object>(client: Pglite<Tx>): Client<Tx> {
  const runOn =
    (connection: Pick<Pglite, 'query' | 'exec'>): Run =>
    async ({ sql, params }) => {
      if (params.length > 0) {
        return (await connection.query(sql, [...params], { rowMode: 'array' })).rows as readonly Row[];
      }
      await connection.exec(sql);
      return [];
    };
  return {
    isSingle: true,
    run: runOn(client),
    async transaction(work) {
      let result: unknown;
      await client.transaction(async (tx) => {
        const door = openDoor(tx);
        try {
          result = await work(runOn(tx as Pick<Pglite, 'query' | 'exec'>), door.tx);
        } finally {
          door.close();
        }
      });
      return result as never;
    },
    listen: (channel, onPayload) => client.listen(channel, onPayload),
  };
}
