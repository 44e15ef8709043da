/** The gateway's eight operations. */
import { safeUrl } from '../../model/safe-url.ts';
import * as answers from '../../wire/gateway/answers.ts';
import {
  cardOrder,
  cashierOrder,
  dateRange,
  directOrder,
  reference as referenceInput,
  withdrawalOrder,
} from '../../wire/gateway/orders.ts';
import { itemsOf, maybe, type ReadReply, readReply, type Reply } from '../../wire/reading.ts';
import type { Input, Output, Schema } from '../../wire/schema.ts';
import { isApiError } from '../errors.ts';
import { createTransport, unreadable } from '../http/transport.ts';
import { readInput, readUnknown } from '../input.ts';
import { addressOf } from './addresses.ts';
import { windowsOf } from './date-windows.ts';
import { describeCharge, describeRow, describeStatus, leadsAway } from './describe.ts';
import { documentedCode, gatewayRefusal } from './errors.ts';
import type { Gateway, MintedCashier, Reference, Transaction, TransactionStatus } from './operations.ts';
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

const WAIT_WITHIN_MS = 120_000;
/** The list has no pages: 60,000 transactions of a week, half a kilobyte each. */
const LARGEST_LIST_BYTES = 33_554_432;

/**
 * @throws KassaError at once for options that cannot work: no key, an address that is not https, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what the gateway refuses.
 */
export function createGateway(given: GatewayOptions): Gateway {
  const options = readGatewayOptions(given);
  const { apiKey, endpoints, now } = options;
  const wire = { mode: options.environment, dobFormat: options.dobFormat } as const;
  const refuse = gatewayRefusal(now);
  const transport = createTransport({ ...options, system: 'gateway', refuse });

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
      mayBeEmpty: documented.mayBeEmpty,
      ...(operation === 'list' && { mostBytes: LARGEST_LIST_BYTES }),
    };
    const answer = await transport(request);
    const notRead = (): Error => unreadable('gateway', request, answer, now());
    const reply = readReply(documented, answer.json);
    // Where nothing is needed of an answer, a refusal reads like one: a 200 is not enough to tell that it was done.
    const mayBeRefusal = reply === undefined || documented.mayBeEmpty;
    if (mayBeRefusal && documentedCode(answer.json) !== undefined) throw refuse(answer, request);
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
          const transaction = describeRow(row, itemsOf(raw)[index], options.timeZone);
          // Without an id, nothing says that two rows are the same.
          found.set(maybe(transaction.transactionId) ?? Symbol(), transaction);
        });
      }
      return [...found.values()];
    },
  };
}

/** No answer, half an answer, or the gateway's own fault: the card may have been charged. */
function isAmbiguous(error: unknown): boolean {
  return isApiError(error) && ['network', 'timeout', 'invalid-response', 'transient'].includes(error.kind);
}
