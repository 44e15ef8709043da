/** One write over HTTP: a database transaction, keyed where the request brings a key. */
import type { HonoRequest } from 'hono';
import { readJson } from '../json-body.ts';
import type { LedgerSystem } from '../store/ledger-schema.ts';
import type { Database } from '../store/store.ts';
import { type Answered, type Idempotency, LONGEST_KEY, REPLAY_HEADER } from './idempotency.ts';

export interface WriteOptions {
  readonly db: Database;
  readonly idempotency: Idempotency;
  readonly system: LedgerSystem;
  /** Whose keys they are. */
  readonly scope: string;
  readonly request: HonoRequest;
  /** `undefined` for a request without a body. */
  readonly act: (tx: Database, body: unknown) => Promise<Answered>;
  /** The answer for what `act` threw, where the system has one. */
  readonly refusal: (error: unknown) => Answered | undefined;
  /** Thrown for a key that is too long or empty. */
  readonly badKey: (message: string) => Error;
}

export async function answerWrite(options: WriteOptions): Promise<Response> {
  const { db, idempotency, system, scope, request, refusal, badKey } = options;
  const { method, path } = request;
  const text = await request.text();
  const act = async (tx: Database): Promise<Answered> => {
    const body = text === '' ? undefined : await readJson({ text: () => Promise.resolve(text) });
    return options.act(tx, body);
  };
  const key = request.header('idempotency-key');
  if (key !== undefined && (key.length === 0 || key.length > LONGEST_KEY)) {
    throw badKey(`must have 1 to ${LONGEST_KEY} characters`);
  }
  const answered =
    key === undefined
      ? { ...(await db.transaction(act)), replayed: false }
      : await idempotency.once({ system, scope, key, method, path, body: text }, act, refusal);
  return new Response(answered.body, {
    status: answered.status,
    headers: {
      'content-type': 'application/json',
      ...(answered.replayed && { [REPLAY_HEADER]: 'true' }),
    },
  });
}
