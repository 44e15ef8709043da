/** Nixo: payouts, accounts, balances. */
import type { NixoStatus } from '../../model/nixo/statuses.ts';
import * as wire from '../../wire/nixo/objects.ts';
import { readInput } from '../input.ts';
import { createKeyedClient, eachOf, type WriteOptions, type Written } from '../http/keyed.ts';
import { nixoRefusal } from './errors.ts';
import { type NixoOptions, readNixoOptions } from './options.ts';
import { decimal, describePayout, iso, type Payout, type PayoutOrder, toPayoutRequest } from './payouts.ts';

export interface PayoutFilter {
  readonly status?: NixoStatus;
  /** ISO 4217. */
  readonly currency?: string;
  /** ISO 8601, both included, to the second. */
  readonly from?: string;
  readonly to?: string;
}

export interface NixoAccount {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** `pending`, `verified` or `rejected`. */
  readonly kycStatus: string;
  readonly createdAt: string;
  readonly email?: string;
  readonly country?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface NixoBalance {
  readonly currency: string;
  /** Decimal strings in major units. */
  readonly available: string;
  /** In payouts that are under way. */
  readonly pending: string;
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
  createAccount(account: wire.AccountRequest, options?: WriteOptions): Promise<Written<NixoAccount>>;
  /** `me` is the operating account. */
  getAccount(id: string): Promise<NixoAccount>;
  getBalances(id: string): Promise<readonly NixoBalance[]>;
}

const PAGE_SIZE = '100';

/**
 * @throws KassaError at once for options that cannot work: no key, a sandbox key for the live system, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what Nixo refuses.
 */
export function createNixo(given: NixoOptions): Nixo {
  const options = readNixoOptions(given);
  const { read, write } = createKeyedClient(
    { ...options, system: 'nixo', refuse: nixoRefusal(options.now) },
    { authorization: `Bearer ${options.apiKey}`, 'nixo-version': options.version },
  );

  const inPath = (id: string): string => encodeURIComponent(id);

  return {
    async createPayout(order, writeOptions) {
      const request = { operation: 'createPayout', path: '/v1/payouts', body: toPayoutRequest(order) };
      return write(wire.payout, request, describePayout, writeOptions);
    },

    getPayout: async (id) =>
      describePayout(await read(wire.payout, { operation: 'getPayout', path: `/v1/payouts/${inPath(id)}` })),

    listPayouts({ status, currency, from, to } = {}) {
      const filter = {
        ...(status && { status }),
        ...(currency !== undefined && { currency }),
        ...(from !== undefined && { created_gte: seconds(from) }),
        ...(to !== undefined && { created_lte: seconds(to) }),
      };
      return eachOf(async (cursor) => {
        const query = {
          ...filter,
          limit: PAGE_SIZE,
          ...(cursor !== undefined && { starting_after: cursor }),
        };
        const page = await read(wire.payoutList, { operation: 'listPayouts', path: '/v1/payouts', query });
        const hasMore = page.has_more ?? page.hasMore ?? false;
        const next = page.nextCursor ?? page.data.at(-1)?.id ?? null;
        return { data: page.data.map(describePayout), next: hasMore ? next : null };
      });
    },

    async cancelPayout(id, writeOptions) {
      const request = { operation: 'cancelPayout', path: `/v1/payouts/${inPath(id)}/cancel` };
      return write(wire.payout, request, describePayout, writeOptions);
    },

    async createAccount(account, writeOptions) {
      const operation = 'createAccount';
      const body = readInput(operation, wire.accountRequest, account);
      return write(wire.account, { operation, path: '/v1/accounts', body }, describeAccount, writeOptions);
    },

    getAccount: async (id) =>
      describeAccount(
        await read(wire.account, { operation: 'getAccount', path: `/v1/accounts/${inPath(id)}` }),
      ),

    async getBalances(id) {
      const { data } = await read(wire.balanceList, {
        operation: 'getBalances',
        path: `/v1/accounts/${inPath(id)}/balances`,
      });
      return data.map(({ currency, available, pending }) => ({
        currency,
        available: decimal(available, currency),
        pending: decimal(pending, currency),
      }));
    },
  };
}

const describeAccount = (row: wire.Account): NixoAccount => ({
  id: row.id,
  type: row.type,
  name: row.name,
  kycStatus: row.kyc_status,
  createdAt: iso(row.created),
  ...(row.email && { email: row.email }),
  ...(row.country && { country: row.country }),
  metadata: row.metadata ?? {},
});

const seconds = (time: string): string => String(Math.floor(Date.parse(time) / 1_000));
