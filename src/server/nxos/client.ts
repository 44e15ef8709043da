/** Nxos: accounts, transfers between organizations, quotes, webhook endpoints. */
import * as reply from '../../wire/nxos/replies.ts';
import * as wire from '../../wire/nxos/objects.ts';
import { endOf } from '../../wire/parameters.ts';
import { maybe } from '../../wire/reading.ts';
import type { WriteOptions, Written } from '../http/keyed.ts';
import { createCalls, queryOf } from './calls.ts';
import { checkIds, nativeScale } from './input.ts';
import { type NxosOptions, readNxosOptions } from './options.ts';
import { nxosPayouts, type NxosPayouts } from './payouts.ts';
import { nxosWebhookEndpoints, type NxosWebhookEndpoints } from './webhook-endpoints.ts';

/** Which beneficiary, of which account. */
export interface BeneficiaryReference {
  readonly accountId: string;
  readonly beneficiaryId: string;
}

/**
 * Amounts are decimal strings in both directions (`"10.50"`), never numbers. Lists are asked for page by page, as they
 * are read; `limit` is how many rows a page has, 1 to 100. Each write carries an idempotency key, its own retries carry the same, and the answer says which.
 */
export interface Nxos extends NxosPayouts, NxosWebhookEndpoints {
  listAccounts(filter?: wire.ListFilter): AsyncIterable<reply.AccountRow>;
  /** With balances. */
  getAccount(accountId: string): Promise<reply.AccountDetail>;
  getFundingMethod(fundingMethodId: string): Promise<reply.FundingMethod>;
  /** At once, and final: another organization has the money when this answers. */
  sendTransfer(transfer: wire.TransferRequest, options?: WriteOptions): Promise<Written<reply.Transfer>>;
  /** Newest first. */
  listTransactions(filter?: wire.TransactionFilter): AsyncIterable<reply.TransactionRow>;
  getTransaction(transactionId: string): Promise<reply.Transaction>;
  createBeneficiary(
    beneficiary: wire.NxosnetBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.Beneficiary>>;
  listBeneficiaries(of: wire.BeneficiaryFilter): AsyncIterable<reply.BeneficiaryRow>;
  getBeneficiary(reference: BeneficiaryReference): Promise<reply.Beneficiary>;
  archiveBeneficiary(
    reference: BeneficiaryReference,
    options?: WriteOptions,
  ): Promise<Written<{ readonly beneficiaryId: string }>>;
  /** The handle under which others send to this organization, and whether they may. */
  updateNxosnet(
    settings: wire.NxosnetSettingsRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.NxosnetSettings>>;
  /** A price that holds for five minutes. */
  createQuote(quote: wire.QuoteRequest, options?: WriteOptions): Promise<Written<reply.Quote>>;
  getQuote(quoteId: string): Promise<reply.Quote>;
  executeQuote(quoteId: string, options?: WriteOptions): Promise<Written<reply.Trade>>;
}

/**
 * @throws KassaError at once for options that cannot work: no key, a test key for the live system, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what Nxos refuses.
 */
export function createNxos(given: NxosOptions): Nxos {
  const calls = createCalls(readNxosOptions(given));
  const { checked, read, write, list } = calls;

  return {
    ...nxosPayouts(calls),
    ...nxosWebhookEndpoints(calls),

    listAccounts(filter = {}) {
      const operation = 'listAccounts';
      const query = queryOf(checked(operation, wire.listFilter, filter));
      return list(reply.accountList, { operation, path: '/v1/accounts', query }, 'accountId');
    },

    async getAccount(accountId) {
      const operation = 'getAccount';
      checkIds(operation, { accountId });
      return read(reply.accountDetail, { operation, path: `/v1/accounts/${accountId}` });
    },

    async getFundingMethod(fundingMethodId) {
      const operation = 'getFundingMethod';
      checkIds(operation, { fundingMethodId });
      return read(reply.fundingMethod, { operation, path: `/v1/funding-methods/${fundingMethodId}` });
    },

    async sendTransfer(transfer, writeOptions) {
      const operation = 'sendTransfer';
      const order = checked(operation, wire.transferRequest, transfer);
      checkIds(operation, order);
      const body = { ...order, amount: nativeScale(order.amount, order.asset) };
      const path = '/v1/transactions/nxosnet-transfers';
      return write(reply.transfer, { operation, path, body }, writeOptions);
    },

    listTransactions(filter = {}) {
      const operation = 'listTransactions';
      const given = checked(operation, wire.transactionFilter, filter);
      if (given.accountId !== undefined) checkIds(operation, { accountId: given.accountId });
      const { createdAtGte: from, createdAtLte: to } = given;
      const query = queryOf({
        ...given,
        ...(from !== undefined && { createdAtGte: timestampOf(from) }),
        ...(to !== undefined && { createdAtLte: timestampOf(endOf(to)) }),
      });
      const path = '/v1/transactions';
      return list(reply.transactionList, { operation, path, query }, 'transactionId');
    },

    async getTransaction(transactionId) {
      const operation = 'getTransaction';
      checkIds(operation, { transactionId });
      return read(reply.transaction, { operation, path: `/v1/transactions/${transactionId}` });
    },

    async createBeneficiary(beneficiary, writeOptions) {
      const operation = 'createBeneficiary';
      const body = checked(operation, wire.nxosnetBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(reply.beneficiary, { operation, path: '/v1/beneficiaries/nxosnet', body }, writeOptions);
    },

    listBeneficiaries(of) {
      const operation = 'listBeneficiaries';
      const given = checked(operation, wire.beneficiaryFilter, of);
      checkIds(operation, { accountId: given.accountId });
      return list(
        reply.beneficiaryList,
        { operation, path: '/v1/beneficiaries', query: queryOf(given) },
        'beneficiaryId',
      );
    },

    async getBeneficiary({ accountId, beneficiaryId }) {
      const operation = 'getBeneficiary';
      checkIds(operation, { accountId, beneficiaryId });
      const path = `/v1/beneficiaries/${beneficiaryId}`;
      return read(reply.beneficiary, { operation, path, query: { accountId } });
    },

    async archiveBeneficiary({ accountId, beneficiaryId }, writeOptions) {
      const operation = 'archiveBeneficiary';
      checkIds(operation, { accountId, beneficiaryId });
      const path = `/v1/beneficiaries/${beneficiaryId}`;
      const archived = await write(
        reply.archivedBeneficiary,
        { operation, method: 'DELETE', path, query: { accountId } },
        writeOptions,
      );
      return { ...archived, beneficiaryId: maybe(archived.beneficiaryId) ?? beneficiaryId };
    },

    async updateNxosnet(settings, writeOptions) {
      const operation = 'updateNxosnet';
      const body = checked(operation, wire.nxosnetSettingsRequest, settings);
      const path = '/v1/organizations/nxosnet';
      return write(reply.nxosnetSettings, { operation, method: 'PATCH', path, body }, writeOptions);
    },

    async createQuote(quote, writeOptions) {
      const operation = 'createQuote';
      const order = checked(operation, wire.quoteRequest, quote);
      checkIds(operation, { accountId: order.accountId });
      const { fromAmount, toAmount, fromAsset, toAsset } = order;
      const body = {
        ...order,
        ...(fromAmount !== undefined && { fromAmount: nativeScale(fromAmount, fromAsset) }),
        ...(toAmount !== undefined && { toAmount: nativeScale(toAmount, toAsset) }),
      };
      return write(reply.quote, { operation, path: '/v1/quotes', body }, writeOptions);
    },

    async getQuote(quoteId) {
      const operation = 'getQuote';
      checkIds(operation, { quoteId });
      return read(reply.quote, { operation, path: `/v1/quotes/${quoteId}` });
    },

    async executeQuote(quoteId, writeOptions) {
      const operation = 'executeQuote';
      checkIds(operation, { quoteId });
      return write(reply.trade, { operation, path: `/v1/quotes/${quoteId}/execute` }, writeOptions);
    },
  };
}

/** As Nxos writes times: UTC, to the millisecond. */
const timestampOf = (time: string): string => new Date(time).toISOString();
