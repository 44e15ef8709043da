/** Approve and reject: the back office's decision on a pending withdrawal. */
import { eq } from 'drizzle-orm';
import { decisionRequest } from '../../wire/gateway/replies.ts';
import { type GatewayContext, parse, peek } from './context.ts';
import { GatewayRefusal } from './errors.ts';
import { approve, type Life, reject, simulate, TRANSFER_FAILED } from './rules.ts';
import { type Transaction, tokens } from '../store/schema.ts';

/** The two sentences of the documents, letter for letter. */
const MESSAGES = {
  approve: 'Transaction Withdrawal has been approved successfully',
  reject: 'Withdrawal has been rejected successfully',
} as const;

export async function decide(
  context: GatewayContext,
  decision: keyof typeof MESSAGES,
  body: unknown,
): Promise<{ message: string; transaction_status?: string }> {
  const given = peek(body, 'transaction_id');
  if (given === undefined || given === null || given === '') throw new GatewayRefusal(1021);
  const { transaction_id: reference } = parse(decisionRequest, body);
  const transaction = await requireTransaction(context, reference);
  const failsBecause = context.config.current.approvedPayoutsFail ? TRANSFER_FAILED : undefined;
  const rule = (standing: Transaction) =>
    decision === 'approve' ? approve(standing, { failsBecause }) : reject(standing);
  const life = await scripted(context, transaction, orRefuse(rule(transaction)));
  const message = MESSAGES[decision];
  const changed = await context.transactions.change(transaction, life);
  // Somebody else decided between our look and our change: judge again by what it is now.
  if (changed.waitsFor !== life.waitsFor) orRefuse(rule(changed));
  return decision === 'approve' ? { message, transaction_status: changed.status } : { message };
}

/** The order of a withdrawal may say how its transfer ends. */
async function scripted({ db }: GatewayContext, { token }: Transaction, life: Life): Promise<Life> {
  if (token === null) return life;
  const [minted] = await db.select({ settings: tokens.settings }).from(tokens).where(eq(tokens.token, token));
  return simulate(life, minted?.settings.simulate);
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
