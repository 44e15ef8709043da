/** `kassa trigger`: makes a payment or a payout in the sandbox that ends as its name says, with all its webhooks. */
import { randomUUID } from 'node:crypto';
import { Argument, Command } from './commander.ts';
import { CARDS } from '../model/test-cards.ts';
import { API_KEY } from '../sandbox/gateway/seeds.ts';
import { createGateway } from '../server/gateway/client.ts';
import type { Gateway } from '../server/gateway/operations.ts';
import {
  createSandboxClient,
  type ListedDelivery,
  type SandboxClient,
  sandboxOption,
} from './sandbox-client.ts';
import { readAmount } from './values.ts';

interface Event {
  readonly flow: 'deposit' | 'withdrawal';
  /** By what the shopper pays, or is paid: the hosted page's own request. */
  readonly payment: Readonly<Record<string, unknown>>;
  /** The shop's back office. */
  readonly decision?: 'approveWithdrawal' | 'rejectWithdrawal';
  /** The word of its last webhook. */
  readonly word: string;
}

const byCard = (number: string) => ({
  providerId: '210',
  card: { holderName: 'Ada Lovelace', number, expMonth: '12', expYear: '2034', cvc: '123' },
});
const TO_ACCOUNT = {
  providerId: '310',
  account: { holderName: 'Ada Lovelace', iban: 'DE89370400440532013000' },
};

/** A new event is a row. */
const EVENTS = {
  'deposit.successful': { flow: 'deposit', payment: byCard(CARDS.pays), word: 'successful' },
  'deposit.rejected': { flow: 'deposit', payment: byCard(CARDS.declined), word: 'rejected' },
  'deposit.pending': { flow: 'deposit', payment: { providerId: '250' }, word: 'pending' },
  'withdrawal.pending': { flow: 'withdrawal', payment: TO_ACCOUNT, word: 'pending' },
  'withdrawal.successful': {
    flow: 'withdrawal',
    payment: TO_ACCOUNT,
    decision: 'approveWithdrawal',
    word: 'successful',
  },
  'withdrawal.rejected': {
    flow: 'withdrawal',
    payment: TO_ACCOUNT,
    decision: 'rejectWithdrawal',
    word: 'rejected',
  },
} as const satisfies Readonly<Record<string, Event>>;

type EventName = keyof typeof EVENTS;
const NAMES = Object.keys(EVENTS) as EventName[];

export const triggerCommand = () =>
  new Command('trigger')
    .description('makes a payment or a payout in the sandbox, with all its webhooks')
    .addArgument(new Argument('<event>', 'what happens').choices(NAMES))
    .option('--tracking-id <id>', 'your order’s; default a new one')
    .option('--amount <amount>', 'a decimal number', readAmount, '10.05')
    .option('--currency <code>', 'three letters', 'EUR')
    .option('--user-id <id>', 'your customer’s', '128')
    .addOption(sandboxOption())
    .action(async (name, { sandbox, ...order }) => {
      const client = createSandboxClient(sandbox);
      // Before anything is minted: that something is there, and is a sandbox.
      await client.settings();
      const gateway = createGateway({ apiKey: API_KEY, baseUrl: `${sandbox}/gateway` });
      const trackingId = order.trackingId ?? randomUUID();
      const transactionId = await make(EVENTS[name], { ...order, trackingId }, gateway, client);
      console.log(`${name}: order ${trackingId}, transaction ${transactionId}`);
      console.log(reportOf(await deliveryOf(transactionId, EVENTS[name].word, client), sandbox));
    });

interface Wanted {
  readonly trackingId: string;
  readonly amount: string;
  readonly currency: string;
  readonly userId: string;
}

/** The id of the transaction that was made. */
async function make(event: Event, order: Wanted, gateway: Gateway, client: SandboxClient): Promise<string> {
  const { flow, payment, decision } = event;
  const { token } = await gateway[flow === 'deposit' ? 'mintCashier' : 'mintWithdrawal']({
    ...order,
    ip: '203.0.113.7',
    customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
  });
  await client.pay(token, { ...payment, amount: order.amount });
  const transactionId = await client.transactionOf(order.trackingId);
  if (decision) await gateway[decision]({ trackingId: order.trackingId, transactionId });
  return transactionId;
}

const POLL_MS = 200;
const LONGEST_MS = 15_000;

/** Of the webhook with this word, once the shop was asked to take it. */
async function deliveryOf(
  transactionId: string,
  word: string,
  client: SandboxClient,
): Promise<ListedDelivery | undefined> {
  const deadline = Date.now() + LONGEST_MS;
  for (;;) {
    const listed = await client.deliveries();
    const found = listed.find(
      ({ subject, body, history }) =>
        subject === transactionId && history.length > 0 && wordOf(body) === word,
    );
    if (found !== undefined || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const wordOf = (body: string): unknown => (JSON.parse(body) as { readonly status?: unknown }).status;

export function reportOf(delivery: ListedDelivery | undefined, sandbox: string): string {
  const last = delivery?.history.at(-1);
  if (delivery === undefined || last === undefined) {
    return `Its webhook has not gone out yet: ${sandbox}/_sandbox shows when it does.`;
  }
  return last.status === 0
    ? `webhook to ${delivery.url}: ${last.answer}. Is your shop running? The sandbox delivers again.`
    : `webhook to ${delivery.url}: ${last.status}`;
}
