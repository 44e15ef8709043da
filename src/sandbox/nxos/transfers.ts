/**
 * Nxosnet transfers: from an account to another organization's, at once. All of one is a single statement
 * (`nxos_transfer`, in migration 0009), caller, key and answer included: over a network each further one would be a wait,
 * and with some of them the balances held.
 */
import { sql } from 'drizzle-orm';
import { parseAmount } from '../../model/assets.ts';
import { transferRequest, type TransferRequest } from '../../wire/nxos/objects.ts';
import { type Answered, KeyInFlight, KeyInUse, type StatementKey } from '../idempotency/idempotency.ts';
import { newId, type NxosContext, parse } from './context.ts';
import { answerOf, NxosRefusal, refusalOf } from './errors.ts';
import type { Database } from '../store/store.ts';
import { type SeenTransaction, transferView } from './view.ts';
import { messageOf, tellingOf } from './webhook.ts';

/** Stand in a text for what the database puts there; no text of a caller's has this character. */
const UNKNOWN = { handle: '\u0000handle', account: '\u0000account', request: '\u0000request' } as const;

/** Why the database would not, by its words. */
const REFUSALS = {
  account_not_found: new NxosRefusal('account_not_found'),
  beneficiary_not_found: new NxosRefusal('beneficiary_not_found'),
  beneficiary_type_mismatch: new NxosRefusal('beneficiary_type_mismatch'),
  beneficiary_not_active: new NxosRefusal('beneficiary_not_active'),
  handle_not_found: new NxosRefusal('handle_not_found'),
  nxosnet_disabled: new NxosRefusal('nxosnet_disabled'),
  leads_back: new NxosRefusal('invalid_request', 'beneficiaryId: leads back to the same account'),
  account_closed: new NxosRefusal('account_closed'),
  account_suspended: new NxosRefusal('account_suspended'),
  insufficient_funds: new NxosRefusal('insufficient_funds'),
} as const satisfies Readonly<Record<string, NxosRefusal>>;

type Outcome =
  | 'done'
  | 'replayed'
  | 'unknown-caller'
  | 'in-flight'
  | 'in-use'
  | 'unread'
  | keyof typeof REFUSALS;

const ANSWERS = JSON.stringify(
  Object.fromEntries(
    Object.entries(REFUSALS).map(([name, refusal]) => [name, answerOf(refusal, UNKNOWN.request)]),
  ),
);

const statement = (db: Database) =>
  db
    .select({
      outcome: sql<Outcome>`outcome`,
      status: sql<number>`http`,
      body: sql<string>`said`,
    })
    .from(sql`nxos_transfer(${sql.placeholder('given')}::jsonb, ${sql.placeholder('refusals')})`)
    .prepare('nxos_transfer');

/** Its text is made once: to make it took a tenth of what a transfer takes of Node. */
const statements = new WeakMap<Database, ReturnType<typeof statement>>();
function statementOn(db: Database): ReturnType<typeof statement> {
  const known = statements.get(db) ?? statement(db);
  statements.set(db, known);
  return known;
}

/** @throws NxosRefusal for what is not kept, also when the organization is no longer there; KeyInFlight, KeyInUse */
export async function answerTransfer(
  context: NxosContext,
  readBody: () => Promise<unknown>,
  key: StatementKey | undefined,
): Promise<Answered & { readonly replayed: boolean }> {
  const { db, world, organization } = context;
  const at = world.clock.now();
  const request = await readRequest(readBody);
  if (request instanceof NxosRefusal && !key) throw request;
  const [asked, refusals] =
    request instanceof NxosRefusal
      ? [{ refused: 'unread' }, JSON.stringify({ unread: answerOf(request, UNKNOWN.request) })]
      : [plan(context, request, at), key ? ANSWERS : '{}'];
  const caller = { id: organization.id, key: organization.key };
  const keeping = key && { key, requestId: newId('req', world) };
  const [row] = await statementOn(db).execute({
    given: JSON.stringify({ at, caller, ...asked, ...keeping }),
    refusals,
  });
  if (!row) throw new Error('a transfer has one outcome');
  const { outcome, ...answered } = row;
  if (outcome === 'unknown-caller') throw new NxosRefusal('invalid_api_key');
  if (outcome === 'in-flight') throw new KeyInFlight();
  if (outcome === 'in-use') throw new KeyInUse();
  if (!key && outcome in REFUSALS) throw REFUSALS[outcome as keyof typeof REFUSALS];
  return { ...answered, replayed: outcome === 'replayed' };
}

async function readRequest(readBody: () => Promise<unknown>): Promise<TransferRequest | NxosRefusal> {
  try {
    return parse(transferRequest, await readBody());
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    throw error;
  }
}

/** Both sides of it, and all that is said of them. */
function plan({ world, organization }: NxosContext, request: TransferRequest, at: number) {
  const { accountId, beneficiaryId, asset, note = null, tags = [], metadata = {} } = request;
  const amount = parseAmount(request.amount, asset);
  const shared = {
    type: 'NXOSNET_TRANSFER',
    status: 'COMPLETED',
    amount,
    asset,
    description: note,
    fee: null,
    feeFixed: null,
    feeBps: null,
    dueAt: null,
    declinedBecause: null,
    createdAt: at,
    updatedAt: at,
  } as const;
  const sent: SeenTransaction = {
    ...shared,
    id: newId('txn', world),
    accountId,
    beneficiaryId,
    tags,
    metadata,
    details: { direction: 'OUT', targetHandle: UNKNOWN.handle },
  };
  const received: SeenTransaction = {
    ...shared,
    id: newId('txn', world),
    accountId: UNKNOWN.account,
    beneficiaryId: null,
    // Tags and metadata are the sender's own; the note is for both.
    tags: [],
    metadata: {},
    details: { direction: 'IN', sourceHandle: organization.handle },
  };
  return {
    answer: JSON.stringify(transferView(sent, UNKNOWN.handle)),
    transfer: {
      organization: organization.id,
      account: accountId,
      beneficiary: beneficiaryId,
      type: shared.type,
      status: shared.status,
      amount: String(amount),
      asset,
      note,
      tags,
      metadata,
      sent: sent.id,
      sentBody: messageOf(sent),
      received: received.id,
      receivedBody: messageOf(received),
      receivedDetails: received.details,
      tell: tellingOf(sent.id),
    },
  };
}
