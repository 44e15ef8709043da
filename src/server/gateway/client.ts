/** The gateway's eight operations. */
import { readableAmount } from '../../model/money.ts';
import { statusOf } from '../../model/gateway/statuses.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { type Status } from '../../model/statuses.ts';
import * as answers from '../../wire/gateway/answers.ts';
import type { ListedTransaction, S2sReply } from '../../wire/gateway/replies.ts';
import {
  type CardOrder,
  cardOrder,
  type CashierOrder,
  cashierOrder,
  type DateRange,
  dateRange,
  type DirectOrder,
  directOrder,
  reference as referenceInput,
  type WithdrawalOrder,
  withdrawalOrder,
} from '../../wire/gateway/orders.ts';
import { maybe, type ReadReply, readReply, type Reply } from '../../wire/reading.ts';
import type { Input, Output, Schema } from '../../wire/schema.ts';
import { isApiError } from '../errors.ts';
import { createTransport, unreadable } from '../http/transport.ts';
import { readInput, readUnknown } from '../input.ts';
import { addressOf } from './addresses.ts';
import { windowsOf } from './date-windows.ts';
import { gatewayRefusal } from './errors.ts';
import { readGatewayOptions, type GatewayOptions } from './options.ts';
import {
  toCashierRequest,
  toDirectRequest,
  toS2sRequest,
  toWithdrawalRequest,
  withUnknown,
} from './orders.ts';
import { pollStatus } from './poll-status.ts';
import type { ID_KIND } from './profile.ts';
import { type GatewayOperation, TOKEN_LIFE_MS } from './profile.ts';

/** A token and where it is used. The URL is the hosted page's, without the token. */
export interface MintedCashier {
  readonly token: string;
  readonly cashierUrl: string;
  readonly trackingId: string;
  /** ISO 8601, UTC; taken to be half an hour away, because no document says. */
  readonly expiresAt: string;
}

/** The direct operation's reply is undocumented: a token by analogy, a URL by its description. */
export type MintedDirect =
  | ({ readonly kind: 'token' } & MintedCashier)
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly trackingId: string;
    };

/** The gateway's id, the shop's tracking id, or both; each operation uses the kind it is documented with. */
export type Reference =
  | { readonly transactionId: string; readonly trackingId?: string }
  | { readonly transactionId?: string; readonly trackingId: string };

export interface TransactionStatus {
  readonly status: Status;
  /** The gateway's own word. */
  readonly rawStatus: string;
  readonly reason?: string;
}

/** What became of a card. `reply` is the gateway's own answer, for `element.payment` in the browser. */
export type ChargeResult =
  | {
      readonly kind: 'challenge';
      readonly url: string;
      readonly trackingId: string;
      readonly reply: S2sReply;
    }
  | { readonly kind: 'pending' | 'succeeded'; readonly trackingId: string; readonly reply: S2sReply }
  | {
      readonly kind: 'failed';
      readonly reason?: string;
      readonly trackingId: string;
      readonly reply: S2sReply;
    };

/**
 * A row of the list, with the types of the documents' sample. What could not be read of it is `undefined`, and stands in
 * `raw` as it came; an amount in a currency without a known number of digits keeps those it has.
 */
export interface Transaction {
  readonly transactionId: string;
  readonly trackingId: string;
  readonly type: string;
  /** `pending` as long as nothing else was read. */
  readonly status: Status;
  readonly rawStatus: string;
  readonly provider?: string;
  /** Decimal string in major units: `"200.00"`. */
  readonly amount?: string;
  /** ISO 4217. */
  readonly currency?: string;
  /** The row as it came. */
  readonly raw: ListedTransaction;
}

export interface Gateway {
  /** A token for the cashier of all providers. */
  mintCashier(order: CashierOrder): Promise<MintedCashier>;
  /** A token, or a URL, for the page of one provider. */
  mintDirect(order: DirectOrder): Promise<MintedDirect>;
  /** A token for the withdrawal cashier. */
  mintWithdrawal(order: WithdrawalOrder): Promise<MintedCashier>;
  /**
   * Charges a card from server to server, for shops that hold PCI DSS certification for card data. Sent exactly once;
   * when no answer comes, the status by tracking id decides, never a second charge.
   */
  chargeCard(order: CardOrder): Promise<ChargeResult>;
  /** Lets a pending withdrawal go out. It stays pending: the transfer itself is still to come. */
  approveWithdrawal(reference: Reference): Promise<TransactionStatus & { readonly message: string }>;
  rejectWithdrawal(reference: Reference): Promise<{ readonly message: string }>;
  getStatus(reference: Reference): Promise<TransactionStatus>;
  /**
   * Asks until the end is known, with growing pauses; when the time is spent, what is known so far. For back offices and
   * jobs: a shop that takes webhooks hears of the end without asking. Default 120 000.
   */
  waitForStatus(reference: Reference, options?: { readonly withinMs?: number }): Promise<TransactionStatus>;
  /**
   * Transactions of the days given, today's without; any range, asked for in windows and merged. A range without an end
   * goes on until today; one without a start asks for its end alone.
   */
  listTransactions(range?: DateRange): Promise<readonly Transaction[]>;
  /**
   * Checks the signature of a webhook with this gateway's password.
   * @throws OptionsError when it is asked for and none was given
   */
  readonly signaturePassword: string | readonly string[];
  readonly cashierUrl: string;
}

const WAIT_WITHIN_MS = 120_000;

/**
 * @throws KassaError at once for options that cannot work: no key, an address that is not https, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what the gateway refuses.
 */
export function createGateway(given: GatewayOptions): Gateway {
  const options = readGatewayOptions(given);
  const { apiKey, endpoints, now } = options;
  const wire = { mode: options.environment, dobFormat: options.dobFormat } as const;
  const transport = createTransport({ ...options, system: 'gateway', refuse: gatewayRefusal(now) });

  async function call<R extends Reply>(
    operation: GatewayOperation,
    documented: R,
    {
      id,
      ...rest
    }: {
      readonly id?: string;
      readonly body?: unknown;
      readonly query?: Readonly<Record<string, string>>;
    },
  ): Promise<{ readonly reply: ReadReply<R>; readonly raw: unknown; readonly unreadable: () => Error }> {
    const request = {
      operation,
      ...rest,
      ...addressOf(endpoints[operation], id, rest.query),
      headers: { 'x-api-key': apiKey },
      // The gateway has no idempotency key, so only reads are ever repeated.
      repeatable: operation === 'status' || operation === 'list',
    };
    const answer = await transport(request);
    const notRead = (): Error => unreadable('gateway', request, answer, now());
    const reply = readReply(documented, answer.json);
    if (reply === undefined) throw notRead();
    return { reply, raw: answer.json, unreadable: notRead };
  }

  /** An order, checked, and its body with the fields that Kassa does not know. */
  function prepare<S extends Schema, T extends object>(
    operation: string,
    schema: S,
    input: Input<S>,
    toBody: (order: Output<S>, options: typeof wire) => T,
  ): { readonly order: Output<S>; readonly body: T } {
    const unknown = readUnknown(operation, schema, input, options.unknownFields);
    const order = readInput(operation, schema, input);
    return { order, body: withUnknown(toBody(order, wire), unknown) };
  }

  const minted = (token: string, trackingId: string): MintedCashier => ({
    token,
    trackingId,
    cashierUrl: options.cashierUrl,
    expiresAt: new Date(now() + TOKEN_LIFE_MS).toISOString(),
  });

  /** The documented kind of id, else the one there is. */
  function idFor(method: string, operation: keyof typeof ID_KIND, given: Reference): string {
    readUnknown(method, referenceInput, given, 'refuse');
    const reference = readInput(method, referenceInput, given);
    return reference[options.idKind[operation]] ?? reference.trackingId ?? reference.transactionId ?? '';
  }

  async function getStatus(reference: Reference): Promise<TransactionStatus> {
    const { reply } = await call('status', answers.status, { id: idFor('getStatus', 'status', reference) });
    return describeStatus(reply.transaction_status, reply.rejected_reason);
  }

  return {
    get signaturePassword() {
      return options.signaturePassword();
    },
    cashierUrl: options.cashierUrl,
    getStatus,

    async waitForStatus(reference, { withinMs = WAIT_WITHIN_MS } = {}) {
      const ask = (): Promise<TransactionStatus> => getStatus(reference);
      return pollStatus({ ask, withinMs, now, random: options.random, sleep: options.sleep });
    },

    async mintCashier(given) {
      const { order, body } = prepare('mintCashier', cashierOrder, given, toCashierRequest);
      const { reply } = await call('cashier', answers.token, { body });
      return minted(reply.token, order.trackingId);
    },

    async mintDirect(given) {
      const { order, body } = prepare('mintDirect', directOrder, given, toDirectRequest);
      const { reply, unreadable: notRead } = await call('direct', answers.direct, { body });
      const { token = '', url = '' } = reply;
      if (token !== '') return { kind: 'token', ...minted(token, order.trackingId) };
      const page = safeUrl(url);
      // A page to which no shopper may be sent is no answer.
      if (!page) throw notRead();
      return { kind: 'url', url: page.href, trackingId: order.trackingId };
    },

    async mintWithdrawal(given) {
      const { order, body } = prepare('mintWithdrawal', withdrawalOrder, given, toWithdrawalRequest);
      const { reply } = await call('withdrawal', answers.token, { body });
      return minted(reply.token, order.trackingId);
    },

    async chargeCard(given) {
      const { order, body } = prepare('chargeCard', cardOrder, given, toS2sRequest);
      const { trackingId } = order;
      try {
        const { reply, unreadable: notRead } = await call('s2s', answers.s2s, { body });
        // An address that no shopper may be sent to makes the answer unreadable; the status then decides.
        if (leadsAway(reply.url) && !safeUrl(reply.url)) throw notRead();
        return describeCharge(reply, trackingId);
      } catch (error) {
        if (!isAmbiguous(error)) throw error;
        // It may have been charged. Only the gateway knows, and asking moves no money.
        const { rawStatus, reason } = await getStatus({ trackingId }).catch(() => {
          throw error;
        });
        return describeCharge({ transaction_status: rawStatus, error: reason }, trackingId);
      }
    },

    async approveWithdrawal(reference) {
      const body = { transaction_id: idFor('approveWithdrawal', 'approve', reference) };
      const { reply } = await call('approve', answers.approve, { body });
      const { message = '', transaction_status: rawStatus = '' } = reply as Partial<typeof reply>;
      return { message, ...describeStatus(rawStatus, undefined) };
    },

    async rejectWithdrawal(reference) {
      const body = { transaction_id: idFor('rejectWithdrawal', 'reject', reference) };
      const { reply } = await call('reject', answers.reject, { body });
      const { message = '' } = reply as Partial<typeof reply>;
      return { message };
    },

    async listTransactions(range = {}) {
      readUnknown('listTransactions', dateRange, range, 'refuse');
      const windows = windowsOf(readInput('listTransactions', dateRange, range), now());
      const found = new Map<unknown, Transaction>();
      for (const window of windows) {
        const { reply, raw } = await call('list', answers.list, { query: { ...window } });
        const rows: readonly answers.ListedRow[] = reply;
        rows.forEach((row, index) => {
          const transaction = describeRow(row, (raw as readonly unknown[])[index]);
          // Without an id, nothing says that two rows are the same.
          found.set(maybe(transaction.transactionId) ?? Symbol(), transaction);
        });
      }
      return [...found.values()];
    },
  };
}

function describeStatus(rawStatus: string, reason: string | null | undefined): TransactionStatus {
  return { status: statusOf(rawStatus), rawStatus, ...(reason && { reason }) };
}

const leadsAway = (url: S2sReply['url']): url is string =>
  typeof url === 'string' && url.trim() !== '' && url !== '{{url}}';

/** "No redirect" is written as an empty, null or missing URL, or as the documents' unfilled template. */
function describeCharge(reply: S2sReply, trackingId: string): ChargeResult {
  const { url } = reply;
  if (leadsAway(url)) return { kind: 'challenge', url, trackingId, reply };
  const status = statusOf(reply.transaction_status);
  if (status !== 'failed') return { kind: status, trackingId, reply };
  const reason = typeof reply.error === 'object' ? reply.error.message : reply.error;
  return { kind: 'failed', ...(reason !== undefined && { reason }), trackingId, reply };
}

/** No answer, half an answer, or the gateway's own fault: the card may have been charged. */
function isAmbiguous(error: unknown): boolean {
  return isApiError(error) && ['network', 'timeout', 'invalid-response', 'transient'].includes(error.kind);
}

function describeRow({ transaction = {}, provider = {} }: answers.ListedRow, raw: unknown): Transaction {
  const { transaction_id: transactionId = transaction.id, tracking_id: trackingId, type } = transaction;
  const { value, currency }: { value?: string | number; currency?: string } = provider.amount ?? {};
  const amount = value === undefined || currency === undefined ? undefined : readableAmount(value, currency);
  const documented = { transactionId, trackingId, type, rawStatus: transaction.status, raw };
  return {
    ...(documented as Pick<Transaction, keyof typeof documented>),
    status: statusOf(transaction.status ?? ''),
    ...(provider.provider !== undefined && { provider: provider.provider }),
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
  };
}
