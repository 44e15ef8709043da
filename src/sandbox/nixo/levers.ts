/** What only the sandbox can do to Nixo: let a transfer from outside come in. */
import { hex128 } from '../../model/ids.ts';
import { z } from 'zod';
import { parseMoney } from '../../model/money.ts';
import { post, transfer, WORLD } from '../ledger/ledger.ts';
import { getBalances, requireAccount } from './accounts.ts';
import type { NixoContext } from './context.ts';
import { tellOfBalance } from './payouts.ts';

/** The body of `POST /_sandbox/nixo/incoming`. */
export const incomingRequest = z
  .strictObject({
    /** Default: the operating account, which receives what comes in. */
    account: z.string().default('me'),
    /** Decimal string in major units. */
    amount: z.string(),
    /** ISO 4217. */
    currency: z.string(),
  })
  .transform(({ account, amount, currency }, context) => {
    try {
      const money = parseMoney(amount, currency);
      if (money.minor > 0n) return { account, money };
      context.addIssue({ code: 'custom', path: ['amount'], message: 'must be greater than 0' });
    } catch (error) {
      context.addIssue({
        code: 'custom',
        path: ['amount'],
        message: error instanceof Error ? error.message : String(error),
      });
    }
    return z.NEVER;
  });

/** Credits the account, and tells of it as the documents have it: an inbound transfer moves a balance. */
export async function receiveTransfer(
  context: NixoContext,
  { account, money: { minor: amount, currency } }: z.output<typeof incomingRequest>,
) {
  return context.db.transaction(async (tx) => {
    const { id } = await requireAccount(tx, account);
    await post(tx, {
      system: 'nixo',
      transaction: `incoming:${hex128(context.world.random)}`,
      at: context.world.clock.now(),
      moves: transfer(WORLD, id, { asset: currency, amount }),
    });
    await tellOfBalance(tx, context, { accountId: id, currency });
    return { account: id, balances: (await getBalances(tx, id)).data };
  });
}
