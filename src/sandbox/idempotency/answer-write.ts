/** One write over HTTP: a database transaction, keyed where the request brings a key. */
import type { HonoRequest } from 'hono';
import { readJson } from '../json-body.ts';
import type { LedgerSystem } from '../store/ledger-schema.ts';
import type { Database } from '../store/store.ts';
import {
  type Answered,
  type Idempotency,
  type KeyedRequest,
  LONGEST_KEY,
  REPLAY_HEADER,
  type StatementKey,
} from './idempotency.ts';

interface Write {
  readonly idempotency: Idempotency;
  readonly system: LedgerSystem;
  /** Whose keys they are. */
  readonly scope: string;
  readonly request: HonoRequest;
  /** Thrown for a key that is too long or empty. */
  readonly badKey: (message: string) => Error;
}

export interface WriteOptions extends Write {
  readonly db: Database;
  /** `undefined` for a request without a body. */
  readonly act: (tx: Database, body: unknown) => Promise<Answered>;
  /** The answer for what `act` threw, where the system has one. */
  readonly refusal: (error: unknown) => Answered | undefined;
}

export async function answerWrite({ db, act, refusal, ...write }: WriteOptions): Promise<Response> {
  const { text, keyed } = await readWrite(write);
  const read = async (tx: Database): Promise<Answered> => act(tx, await readBody(text));
  return respond(
    keyed
      ? await write.idempotency.once(keyed, read, refusal)
      : { ...(await db.transaction(read)), replayed: false },
  );
}

export interface StatementOptions extends Write {
  /** One statement of the database, which also keeps the answer to a key. */
  readonly act: (
    readBody: () => Promise<unknown>,
    key: StatementKey | undefined,
  ) => Promise<Answered & { readonly replayed: boolean }>;
}

export async function answerByStatement({ act, ...write }: StatementOptions): Promise<Response> {
  const { text, keyed } = await readWrite(write);
  const read = (): Promise<unknown> => readBody(text);
  return respond(
    await (keyed ? write.idempotency.atOnce(keyed, (key) => act(read, key)) : act(read, undefined)),
  );
}

async function readWrite({
  system,
  scope,
  request,
  badKey,
}: Write): Promise<{ readonly text: string; readonly keyed: KeyedRequest | undefined }> {
  const { method, path } = request;
  const text = await request.text();
  const key = request.header('idempotency-key');
  if (key === undefined) return { text, keyed: undefined };
  if (key.length === 0 || key.length > LONGEST_KEY) throw badKey(`must have 1 to ${LONGEST_KEY} characters`);
  return { text, keyed: { system, scope, key, method, path, body: text } };
}

const readBody = async (text: string): Promise<unknown> =>
  text === '' ? undefined : readJson({ text: () => Promise.resolve(text) });

const respond = ({ status, body, replayed }: Answered & { readonly replayed: boolean }): Response =>
  new Response(body, {
    status,
    headers: { 'content-type': 'application/json', ...(replayed && { [REPLAY_HEADER]: 'true' }) },
  });
