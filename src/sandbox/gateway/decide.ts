/** Approve and reject: the back office's decision on a pending withdrawal. */
import { decisionRequest } from '../../wire/gateway/replies.ts';
import { type GatewayContext, parse, peek } from './context.ts';
import { GatewayRefusal } from './errors.ts';
import { approve, type Life, reject } from './rules.ts';
import type { Transaction } from '../store/schema.ts';

const DECISIONS = {
  approve: { rule: approve, message: 'Transaction has been approved' },
  reject: { rule: reject, message: 'Transaction has been rejected' },
} as const;

export async function decide(
  context: GatewayContext,
  decision: keyof typeof DECISIONS,
  body: unknown,
): Promise<{ message: string; transaction_status?: string }> {
  const given = peek(body, 'transaction_id');
  if (given === undefined || given === null || given === '') throw new GatewayRefusal(1021);
  const { transaction_id: reference } = parse(decisionRequest, body);
  const transaction = await requireTransaction(context, reference);
  const { rule, message } = DECISIONS[decision];
  const life = orRefuse(rule(transaction));
  const changed = await context.transactions.change(transaction, life);
  // Somebody else decided between our look and our change: judge again by what it is now.
  if (changed.waitsFor !== life.waitsFor) orRefuse(rule(changed));
  return decision === 'approve' ? { message, transaction_status: changed.status } : { message };
}

/** Takes the gateway's id or the shop's tracking id: the documents' samples show both. */
export async function requireTransaction(
  { transactions }: GatewayContext,
  reference: string,
): Promise<Transaction> {
  const transaction = await transactions.resolve(reference);
  if (!transaction) throw new GatewayRefusal(1039);
  return transaction;
}

function orRefuse(result: ReturnType<typeof approve>): Life {
  if (typeof result === 'number') throw new GatewayRefusal(result);
  return result;
}
