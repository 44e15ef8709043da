/** The gateway's eight operations. */
import { formatMoney, moneyFromWire } from '../../model/money.ts';
import { statusOf } from '../../model/gateway/statuses.ts';
import { type Status } from '../../model/statuses.ts';
import {
  approveReply,
  directReply,
  type ListedTransaction,
  listReply,
  rejectReply,
  s2sReply,
  type S2sReply,
  statusReply,
  tokenReply,
} from '../../wire/gateway/replies.ts';
import {
  type CardOrder,
  cardOrder,
  type CashierOrder,
  cashierOrder,
  type DirectOrder,
  directOrder,
  type WithdrawalOrder,
  withdrawalOrder,
} from '../../wire/gateway/orders.ts';
import type { Output, Schema } from '../../wire/schema.ts';
import { splitDays } from './date-windows.ts';
import { isApiError } from '../errors.ts';
import { gatewayRefusal } from './errors.ts';
import { readGatewayOptions, type GatewayOptions } from './options.ts';
import type { ID_KIND } from './profile.ts';
import { type GatewayOperation, TOKEN_LIFE_MS } from './profile.ts';
import { readInput } from '../input.ts';
import { toCashierRequest, toDirectRequest, toS2sRequest, toWithdrawalRequest } from './orders.ts';
import { pollStatus } from './poll-status.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { type Answer, createTransport, unreadable } from '../http/transport.ts';

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

export interface DateRange {
  /** ISO 8601 days, both included, in UTC: `"2024-08-01"`. */
  readonly from: string;
  readonly to: string;
}

export interface Transaction {
  readonly transactionId: string;
  readonly trackingId: string;
  readonly type: string;
  readonly status: Status;
  readonly rawStatus: string;
  readonly provider: string;
  /** Decimal string in major units: `"200.00"`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
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
  /** Transactions of the days given, today's without; any range, asked for in windows and merged. */
  listTransactions(range?: DateRange): Promise<readonly Transaction[]>;
  /** Checks the signature of a webhook with this gateway's password. */
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
  const transport = createTransport({
    system: 'gateway',
    baseUrl: options.baseUrl,
    fetch: options.fetch,
    now,
    random: options.random,
    sleep: options.sleep,
    timeoutMs: options.timeoutMs,
    refuse: gatewayRefusal(now),
  });

  async function call<S extends Schema>(
    operation: GatewayOperation,
    schema: S,
    rest: {
      readonly id?: string;
      readonly body?: unknown;
      readonly query?: Readonly<Record<string, string>>;
    },
  ): Promise<Output<S>> {
    const { method, path } = endpoints[operation];
    const request = {
      operation,
      method,
      path: path.replace('{id}', encodeURIComponent(rest.id ?? '')),
      ...(rest.query && { query: rest.query }),
      ...(rest.body !== undefined && { body: rest.body }),
      headers: { 'x-api-key': apiKey },
      // The gateway has no idempotency key, so only reads are ever repeated.
      repeatable: operation === 'status' || operation === 'list',
    };
    const answer: Answer = await transport(request);
    const reply = schema.safeParse(answer.json);
    if (!reply.success) throw unreadable('gateway', request, answer, now());
    return reply.data;
  }

  const minted = (token: string, trackingId: string): MintedCashier => ({
    token,
    trackingId,
    cashierUrl: options.cashierUrl,
    expiresAt: new Date(now() + TOKEN_LIFE_MS).toISOString(),
  });

  /** The documented kind of id, else the one there is. */
  const idFor = (operation: keyof typeof ID_KIND, reference: Reference): string =>
    reference[options.idKind[operation]] ?? reference.trackingId ?? reference.transactionId ?? '';

  async function getStatus(reference: Reference): Promise<TransactionStatus> {
    const reply = await call('status', statusReply, { id: idFor('status', reference) });
    return describeStatus(reply.transaction_status, reply.rejected_reason);
  }

  return {
    signaturePassword: options.signaturePassword,
    cashierUrl: options.cashierUrl,
    getStatus,

    waitForStatus: (reference, { withinMs = WAIT_WITHIN_MS } = {}) =>
      pollStatus({
        ask: () => getStatus(reference),
        withinMs,
        now,
        random: options.random,
        sleep: options.sleep,
      }),

    async mintCashier(order) {
      const checked = readInput('mintCashier', cashierOrder, order);
      const { token } = await call('cashier', tokenReply, { body: toCashierRequest(checked, wire) });
      return minted(token, checked.trackingId);
    },

    async mintDirect(order) {
      const checked = readInput('mintDirect', directOrder, order);
      const reply = await call('direct', directReply, { body: toDirectRequest(checked, wire) });
      return typeof reply.token === 'string'
        ? { kind: 'token', ...minted(reply.token, checked.trackingId) }
        : { kind: 'url', url: String(reply.url), trackingId: checked.trackingId };
    },

    async mintWithdrawal(order) {
      const checked = readInput('mintWithdrawal', withdrawalOrder, order);
      const { token } = await call('withdrawal', tokenReply, { body: toWithdrawalRequest(checked, wire) });
      return minted(token, checked.trackingId);
    },

    async chargeCard(order) {
      const checked = readInput('chargeCard', cardOrder, order);
      const { trackingId } = checked;
      try {
        const reply = await call('s2s', safeS2sReply, { body: toS2sRequest(checked, wire) });
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
      const body = { transaction_id: idFor('approve', reference) };
      const { message, transaction_status: rawStatus } = await call('approve', approveReply, { body });
      return { message, ...describeStatus(rawStatus, undefined) };
    },

    async rejectWithdrawal(reference) {
      const { message } = await call('reject', rejectReply, {
        body: { transaction_id: idFor('reject', reference) },
      });
      return { message };
    },

    async listTransactions(range) {
      const windows = range ? splitDays(range) : [undefined];
      const found = new Map<string, Transaction>();
      for (const window of windows) {
        for (const row of await call('list', listReply, window ? { query: { ...window } } : {})) {
          found.set(row.transaction.transaction_id, describeRow(row));
        }
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

/** An address that no shopper may be sent to makes the answer unreadable; the status then decides. */
const safeS2sReply = s2sReply.refine(({ url }) => !leadsAway(url) || safeUrl(url) !== undefined);

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

function describeRow(raw: ListedTransaction): Transaction {
  const { transaction, provider } = raw;
  return {
    transactionId: transaction.transaction_id,
    trackingId: transaction.tracking_id,
    type: transaction.type,
    status: statusOf(transaction.status),
    rawStatus: transaction.status,
    provider: provider.provider,
    amount: formatMoney(moneyFromWire(provider.amount.value, provider.amount.currency)),
    currency: provider.amount.currency,
    raw,
  };
}
