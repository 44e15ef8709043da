/** Nixo: payouts, accounts, balances. */
import { type AccountRequest, accountRequest } from '../../wire/nixo/objects.ts';
import { type PayoutFilter, payoutFilter } from '../../wire/nixo/orders.ts';
import * as reply from '../../wire/nixo/replies.ts';
import { byId, endOf } from '../../wire/parameters.ts';
import { envelopeOf, itemsOf, maybe } from '../../wire/reading.ts';
import type { Output } from '../../wire/schema.ts';
import { withFields } from '../../wire/unknown-fields.ts';
import { createKeyedClient, type WriteOptions, type Written } from '../http/keyed.ts';
import { readInput, readUnknown } from '../input.ts';
import { nixoRefusal } from './errors.ts';
import { type NixoOptions, readNixoOptions } from './options.ts';
import { describePayout, type Payout, type PayoutOrder, toPayoutRequest } from './payouts.ts';
import { decimal, defined, timeOf } from './values.ts';

export interface NixoAccount {
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
  /** `pending`, `verified` or `rejected`. */
  readonly kycStatus?: string;
  readonly createdAt?: string;
  readonly email?: string;
  readonly country?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The account as it came; no document shows one. */
  readonly raw: unknown;
}

export interface NixoBalance {
  readonly currency?: string;
  /** Decimal strings in major units. */
  readonly available?: string;
  /** In payouts that are under way. */
  readonly pending?: string;
  /** The balance as it came, when something of it could not be read. */
  readonly raw?: unknown;
}

/**
 * Amounts are decimal strings, as everywhere in Kassa, though Nixo's own are numbers. Each write carries an idempotency
 * key, its own retries carry the same, and the answer says which.
 */
export interface Nixo {
  /** Takes the money at once; whether it arrives is told later, by webhook or `getPayout`. */
  createPayout(order: PayoutOrder, options?: WriteOptions): Promise<Written<Payout>>;
  /** With its history. */
  getPayout(id: string): Promise<Payout>;
  /** Newest first, page by page, as they are read. */
  listPayouts(filter?: PayoutFilter): AsyncIterable<Payout>;
  /** While it is processing. Its path is in no document: Kassa's own. */
  cancelPayout(id: string, options?: WriteOptions): Promise<Written<Payout>>;
  createAccount(account: AccountRequest, options?: WriteOptions): Promise<Written<NixoAccount>>;
  /** `me` is the operating account. */
  getAccount(id: string): Promise<NixoAccount>;
  getBalances(id: string): Promise<readonly NixoBalance[]>;
}

/**
 * @throws KassaError at once for options that cannot work: no key, a sandbox key for the live system, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what Nixo refuses.
 */
export function createNixo(given: NixoOptions): Nixo {
  const options = readNixoOptions(given);
  const { unknownFields } = options;
  const { read, write, list } = createKeyedClient(
    { ...options, system: 'nixo', refuse: nixoRefusal(options.now) },
    { authorization: `Bearer ${options.apiKey}`, 'nixo-version': options.version },
  );

  return {
    async createPayout(order, writeOptions) {
      const body = toPayoutRequest(order, unknownFields);
      return write(
        reply.payout,
        { operation: 'createPayout', path: '/v1/payouts', body },
        describePayout,
        writeOptions,
      );
    },

    async getPayout(id) {
      const operation = 'getPayout';
      return read(reply.payout, { operation, path: `/v1/payouts/${inPath(operation, id)}` }, describePayout);
    },

    listPayouts(filter = {}) {
      const operation = 'listPayouts';
      const unknown = readUnknown(operation, payoutFilter, filter, unknownFields);
      const query = textsOf(withFields(toQuery(readInput(operation, payoutFilter, filter)), unknown));
      return list(
        reply.payoutList,
        { operation, path: '/v1/payouts', query },
        {
          cursor: 'starting_after',
          describe: (page, raw) => {
            const data = page.data.map((row, index) => describePayout(row, rowOf(raw, index)));
            const hasMore = page.has_more ?? page.hasMore;
            const next = page.nextCursor ?? (hasMore ? data.at(-1)?.id : undefined);
            return { data, hasMore, next: hasMore === false ? undefined : next };
          },
          idOf: ({ id }) => maybe(id),
        },
      );
    },

    async cancelPayout(id, writeOptions) {
      const operation = 'cancelPayout';
      const path = `/v1/payouts/${inPath(operation, id)}/cancel`;
      return write(reply.payout, { operation, path }, describePayout, writeOptions);
    },

    async createAccount(account, writeOptions) {
      const operation = 'createAccount';
      const unknown = readUnknown(operation, accountRequest, account, unknownFields);
      const body = withFields(readInput(operation, accountRequest, account), unknown);
      return write(reply.account, { operation, path: '/v1/accounts', body }, describeAccount, writeOptions);
    },

    async getAccount(id) {
      const operation = 'getAccount';
      return read(
        reply.account,
        { operation, path: `/v1/accounts/${inPath(operation, id)}` },
        describeAccount,
      );
    },

    async getBalances(id) {
      const operation = 'getBalances';
      const path = `/v1/accounts/${inPath(operation, id)}/balances`;
      return read(reply.balanceList, { operation, path }, ({ data }, raw) =>
        data.map((row, index) => describeBalance(row, rowOf(raw, index))),
      );
    },
  };
}

/** An id as one step of a path. @throws InputError for what would lead elsewhere */
const inPath = (operation: string, id: string): string =>
  encodeURIComponent(readInput(operation, byId, { id }).id);

const rowOf = (raw: unknown, index: number): unknown => itemsOf(envelopeOf(raw).data)[index];

const describeAccount = (row: reply.Account, raw: unknown): NixoAccount => ({
  id: row.id,
  ...defined({
    type: row.type,
    name: row.name,
    kycStatus: row.kyc_status,
    createdAt: timeOf(raw, 'created', 'created_at'),
    email: row.email ?? undefined,
    country: row.country ?? undefined,
  }),
  metadata: row.metadata ?? {},
  raw,
});

function describeBalance({ currency, ...row }: reply.Balance, raw: unknown): NixoBalance {
  const available = decimal(row.available, currency);
  const pending = decimal(row.pending, currency);
  const isWhole = available !== undefined && pending !== undefined;
  return defined({ currency, available, pending, raw: isWhole ? undefined : raw });
}

const toQuery = ({ from, to, ...filter }: Output<typeof payoutFilter>) => ({
  ...filter,
  // Whole seconds inside the range.
  ...(from !== undefined && { created_gte: Math.ceil(Date.parse(from) / 1_000) }),
  ...(to !== undefined && { created_lte: Math.floor(Date.parse(endOf(to)) / 1_000) }),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const textsOf = (query: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]: [string, unknown]) =>
      value === undefined ? [] : [[name, textOf(value)]],
    ),
  );
