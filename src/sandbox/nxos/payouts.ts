/**
 * Payouts to blockchains and to banks. Amount and fee are set aside when one is asked for, and lie in transit until it
 * has ended; a declined one gives both back.
 */
import { and, asc, eq, lte } from 'drizzle-orm';
import type * as z from 'zod';
import { formatAmount, LARGEST_AMOUNT, parseAmount } from '../../model/assets.ts';
import { CHAINS } from '../../model/chains.ts';
import { randomText } from '../../model/ids.ts';
import { cryptoPayoutRequest, fiatPayoutRequest } from '../../wire/nxos/objects.ts';
import { post, transfer, TRANSIT, WORLD } from '../ledger/ledger.ts';
import { payoutEnd } from '../payout-lever.ts';
import type { Worker } from '../schedule.ts';
import {
  type NxosAccount,
  nxosAccounts,
  type NxosBeneficiary,
  type NxosTransaction,
  nxosTransactions,
} from '../store/nxos-schema.ts';
import { earliest, inserted } from '../store/rows.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { requireAccount, requireActive } from './accounts.ts';
import { beneficiaryOf } from './beneficiaries.ts';
import { newId, type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { cryptoFee, feeOf, type FeeSchedule, fiatFee } from './fees.ts';
import { payoutView } from './view.ts';
import { tellOfTransactions } from './webhook.ts';

type PayoutRequest = z.output<typeof cryptoPayoutRequest> | z.output<typeof fiatPayoutRequest>;

interface Payout {
  readonly account: NxosAccount;
  readonly request: PayoutRequest;
  readonly type: 'CRYPTO_PAYOUT' | 'FIAT_PAYOUT';
  readonly schedule: FeeSchedule;
  readonly details: Readonly<Record<string, unknown>>;
}

export async function sendCryptoPayout(context: NxosContext, body: unknown) {
  const request = parse(cryptoPayoutRequest, body);
  const { account, beneficiary } = await requirePayee(context, request);
  const { crypto } = beneficiary;
  if (!crypto) throw new NxosRefusal('beneficiary_type_mismatch');
  const { chainName, address } = crypto;
  if (!CHAINS[chainName].isTest) {
    throw new NxosRefusal(
      'invalid_request',
      'beneficiaryId: is not on a test network, and the sandbox has no other',
    );
  }
  return pay(context, {
    account,
    request,
    type: 'CRYPTO_PAYOUT',
    schedule: cryptoFee(chainName, request.asset),
    details: { chainName, toAddress: address, txHash: null },
  });
}

export async function sendFiatPayout(context: NxosContext, body: unknown) {
  const request = parse(fiatPayoutRequest, body);
  const { account, beneficiary } = await requirePayee(context, request);
  const { bank } = beneficiary;
  if (!bank) throw new NxosRefusal('beneficiary_type_mismatch');
  if (request.method !== undefined && request.method !== bank.method) {
    throw new NxosRefusal('invalid_request', `method: the bank account is paid by ${bank.method}`);
  }
  if (bank.currency !== request.asset) {
    throw new NxosRefusal('invalid_request', `asset: the bank account is in ${bank.currency}`);
  }
  return pay(context, {
    account,
    request,
    type: 'FIAT_PAYOUT',
    schedule: fiatFee(bank.method, request.asset),
    details: { method: bank.method, bank },
  });
}

async function requirePayee(
  context: NxosContext,
  { accountId, beneficiaryId }: PayoutRequest,
): Promise<{ readonly account: NxosAccount; readonly beneficiary: NxosBeneficiary }> {
  const account = await requireAccount(context, accountId);
  const beneficiary = await beneficiaryOf(context, account, beneficiaryId);
  if (beneficiary.status !== 'ACTIVE') throw new NxosRefusal('beneficiary_not_active');
  await requireActive(context.db, [account.id]);
  return { account, beneficiary };
}

async function pay(context: NxosContext, { account, request, type, schedule, details }: Payout) {
  const { db, world, organization } = context;
  requireExpected(request, schedule);
  const { asset, tags = [], metadata = {} } = request;
  const note = request.note ?? request.description;
  const amount = parseAmount(request.amount, asset);
  const fee = feeOf(amount, schedule);
  if (amount + fee > LARGEST_AMOUNT) throw new NxosRefusal('insufficient_funds');
  const { failsBecause, inMs } = payoutEnd(note);
  const now = world.clock.now();
  const row = inserted(
    await db
      .insert(nxosTransactions)
      .values({
        id: newId('txn', world),
        accountId: account.id,
        type,
        status: 'LOCKED',
        amount,
        asset,
        beneficiaryId: request.beneficiaryId,
        description: note ?? null,
        tags,
        metadata,
        details,
        fee,
        feeFixed: schedule.fixed,
        feeBps: schedule.bps,
        dueAt: now + inMs,
        declinedBecause: failsBecause,
        createdAt: now,
        updatedAt: now,
      })
      .returning(),
  );
  await move(db, world, row, [account.id, TRANSIT]);
  await tellOfTransactions({ db, world }, [[organization.id, row]]);
  return payoutView(row);
}

/** Whoever pays was shown a fee; it must not be another one now. */
function requireExpected({ expectedFeeSchedule: expected }: PayoutRequest, schedule: FeeSchedule): void {
  if (!expected) return;
  const { fixed, bps, asset } = schedule;
  const isSame =
    expected.asset === asset && expected.bps === bps && parseAmount(expected.fixed, expected.asset) === fixed;
  if (isSame) return;
  throw new NxosRefusal(
    'fee_schedule_drifted',
    `The fee is ${formatAmount(fixed, asset)} ${asset} and ${bps} basis points`,
  );
}

/** Ends payouts when their time has come. */
export function createPayouts(db: Database, world: World): Worker {
  return {
    nextDue: () => earliest(db, nxosTransactions.dueAt),
    async runDue() {
      const due = await db
        .select({ row: nxosTransactions, organization: nxosAccounts.organization })
        .from(nxosTransactions)
        .innerJoin(nxosAccounts, eq(nxosAccounts.id, nxosTransactions.accountId))
        .where(lte(nxosTransactions.dueAt, world.clock.now()))
        .orderBy(asc(nxosTransactions.dueAt), asc(nxosTransactions.sequence));
      for (const { row, organization } of due) {
        await db.transaction((tx) => end(tx, world, row, organization));
      }
    },
  };
}

async function end(tx: Database, world: World, row: NxosTransaction, organization: string): Promise<void> {
  const { declinedBecause, details } = row;
  const [ended] = await tx
    .update(nxosTransactions)
    .set({
      dueAt: null,
      updatedAt: world.clock.now(),
      ...(declinedBecause === null
        ? { status: 'COMPLETED', details: onChain(details, world) }
        : { status: 'DECLINED', details: { ...details, declineReason: declinedBecause } }),
    })
    .where(and(eq(nxosTransactions.id, row.id), eq(nxosTransactions.status, 'LOCKED')))
    .returning();
  if (!ended) return;
  await move(tx, world, ended, [TRANSIT, declinedBecause === null ? WORLD : ended.accountId]);
  await tellOfTransactions({ db: tx, world }, [[organization, ended]]);
}

const HASH_LENGTH = 64;

function onChain(details: NxosTransaction['details'], { random }: World): NxosTransaction['details'] {
  if (!('txHash' in details)) return details;
  return { ...details, txHash: `0x${randomText(random, HASH_LENGTH, '0123456789abcdef')}` };
}

/** Amount and fee together. */
const move = (
  tx: Database,
  { clock }: World,
  { id, asset, amount, fee }: NxosTransaction,
  [from, to]: readonly [string, string],
): Promise<void> =>
  post(tx, {
    system: 'nxos',
    transaction: id,
    at: clock.now(),
    moves: transfer(from, to, { asset, amount: amount + (fee ?? 0n) }),
  });
