/** Nxos: accounts, transfers between organizations, quotes, webhook endpoints. */
import * as wire from '../../wire/nxos/objects.ts';
import type { Output, Schema } from '../../wire/schema.ts';
import { readInput } from '../input.ts';
import {
  createKeyedClient,
  eachOf,
  type KeyedRequest,
  type WriteOptions,
  type Written,
} from '../http/keyed.ts';
import { nxosRefusal } from './errors.ts';
import { checkIds, nativeScale } from './input.ts';
import { type NxosOptions, readNxosOptions } from './options.ts';
import { nxosPayouts, type NxosPayouts } from './payouts.ts';

export interface TransactionFilter {
  readonly accountId?: string;
  readonly type?: readonly string[];
  readonly status?: readonly string[];
  /** ISO 8601, both included. */
  readonly createdAtGte?: string;
  readonly createdAtLte?: string;
}

/** Which beneficiary, of which account. */
export interface BeneficiaryReference {
  readonly accountId: string;
  readonly beneficiaryId: string;
}

/**
 * Amounts are decimal strings in both directions (`"10.50"`), never numbers. Lists are asked for page by page, as they
 * are read. Each write carries an idempotency key, its own retries carry the same, and the answer says which.
 */
export interface Nxos extends NxosPayouts {
  listAccounts(): AsyncIterable<wire.Account>;
  /** With balances. */
  getAccount(accountId: string): Promise<wire.AccountDetail>;
  getFundingMethod(fundingMethodId: string): Promise<wire.FundingMethodDetail>;
  /** At once, and final: another organization has the money when this answers. */
  sendTransfer(
    transfer: wire.TransferRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.NxosnetTransfer>>;
  /** Newest first. */
  listTransactions(filter?: TransactionFilter): AsyncIterable<wire.NxosTransaction>;
  getTransaction(transactionId: string): Promise<wire.NxosTransaction>;
  createBeneficiary(
    beneficiary: wire.NxosnetBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.Beneficiary>>;
  listBeneficiaries(of: {
    readonly accountId: string;
    readonly type?: 'NXOSNET' | 'CRYPTO' | 'BANK';
  }): AsyncIterable<wire.Beneficiary>;
  getBeneficiary(reference: BeneficiaryReference): Promise<wire.Beneficiary>;
  archiveBeneficiary(
    reference: BeneficiaryReference,
    options?: WriteOptions,
  ): Promise<Written<{ readonly beneficiaryId: string }>>;
  /** The handle under which others send to this organization, and whether they may. */
  updateNxosnet(
    settings: wire.NxosnetSettingsRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.NxosnetSettings>>;
  /** A price that holds for five minutes. */
  createQuote(quote: wire.QuoteRequest, options?: WriteOptions): Promise<Written<wire.Quote>>;
  getQuote(quoteId: string): Promise<wire.Quote>;
  executeQuote(quoteId: string, options?: WriteOptions): Promise<Written<wire.Trade>>;
  createWebhookEndpoint(
    endpoint: wire.EndpointRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.WebhookEndpoint>>;
  listWebhookEndpoints(): AsyncIterable<wire.WebhookEndpoint>;
  updateWebhookEndpoint(
    endpointId: string,
    patch: wire.EndpointPatch,
    options?: WriteOptions,
  ): Promise<Written<wire.WebhookEndpoint>>;
  deleteWebhookEndpoint(
    endpointId: string,
    options?: WriteOptions,
  ): Promise<Written<{ readonly id: string }>>;
  /** For `verifyNxosWebhook`. */
  getWebhookSecret(endpointId: string): Promise<string>;
  /** The secret before signs beside the new one for a day. */
  rotateWebhookSecret(endpointId: string, options?: WriteOptions): Promise<string>;
}

const PAGE_SIZE = '100';

/**
 * @throws KassaError at once for options that cannot work: no key, a test key for the live system, a browser.
 * Every method throws `InputError` before sending what is malformed, and `ApiError` for what Nxos refuses.
 */
export function createNxos(given: NxosOptions): Nxos {
  const options = readNxosOptions(given);
  const client = createKeyedClient(
    { ...options, system: 'nxos', refuse: nxosRefusal(options.now) },
    {
      authorization: `Bearer ${options.apiKey}`,
      ...(options.onBehalfOf !== undefined && { 'nxos-on-behalf-of': options.onBehalfOf }),
    },
  );
  const { read } = client;
  /** Nxos's words are Kassa's own. */
  const write = <S extends Schema<object>>(schema: S, request: KeyedRequest, writeOptions?: WriteOptions) =>
    client.write(schema, request, (reply) => reply, writeOptions);

  function list<S extends Schema<{ data: unknown[]; nextCursor: string | null }>>(
    schema: S,
    request: KeyedRequest,
  ): AsyncIterable<Output<S>['data'][number]> {
    return eachOf(async (cursor) => {
      const query = { ...request.query, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
      const { data, nextCursor } = await read(schema, { ...request, query });
      return { data, next: nextCursor };
    });
  }

  return {
    ...nxosPayouts({ read, write }),

    listAccounts: () => list(wire.accountList, { operation: 'listAccounts', path: '/v1/accounts' }),

    async getAccount(accountId) {
      const operation = 'getAccount';
      checkIds(operation, { accountId });
      return read(wire.accountDetail, { operation, path: `/v1/accounts/${accountId}` });
    },

    async getFundingMethod(fundingMethodId) {
      const operation = 'getFundingMethod';
      checkIds(operation, { fundingMethodId });
      return read(wire.fundingMethodDetail, { operation, path: `/v1/funding-methods/${fundingMethodId}` });
    },

    async sendTransfer(transfer, writeOptions) {
      const operation = 'sendTransfer';
      const checked = readInput(operation, wire.transferRequest, transfer);
      checkIds(operation, checked);
      const body = { ...checked, amount: nativeScale(checked.amount, checked.asset) };
      const path = '/v1/transactions/nxosnet-transfers';
      return write(wire.nxosnetTransfer, { operation, path, body }, writeOptions);
    },

    listTransactions({ accountId, type, status, createdAtGte, createdAtLte } = {}) {
      const operation = 'listTransactions';
      if (accountId !== undefined) checkIds(operation, { accountId });
      const query = {
        ...(accountId !== undefined && { accountId }),
        ...(type && { type: type.join() }),
        ...(status && { status: status.join() }),
        ...(createdAtGte !== undefined && { createdAtGte }),
        ...(createdAtLte !== undefined && { createdAtLte }),
      };
      return list(wire.transactionList, { operation, path: '/v1/transactions', query });
    },

    async getTransaction(transactionId) {
      const operation = 'getTransaction';
      checkIds(operation, { transactionId });
      return read(wire.transaction, { operation, path: `/v1/transactions/${transactionId}` });
    },

    async createBeneficiary(beneficiary, writeOptions) {
      const operation = 'createBeneficiary';
      const body = readInput(operation, wire.nxosnetBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(wire.beneficiary, { operation, path: '/v1/beneficiaries/nxosnet', body }, writeOptions);
    },

    listBeneficiaries({ accountId, type }) {
      const operation = 'listBeneficiaries';
      checkIds(operation, { accountId });
      const query = { accountId, ...(type && { type }) };
      return list(wire.beneficiaryList, { operation, path: '/v1/beneficiaries', query });
    },

    async getBeneficiary({ accountId, beneficiaryId }) {
      const operation = 'getBeneficiary';
      checkIds(operation, { accountId, beneficiaryId });
      const path = `/v1/beneficiaries/${beneficiaryId}`;
      return read(wire.beneficiary, { operation, path, query: { accountId } });
    },

    async archiveBeneficiary({ accountId, beneficiaryId }, writeOptions) {
      const operation = 'archiveBeneficiary';
      checkIds(operation, { accountId, beneficiaryId });
      const path = `/v1/beneficiaries/${beneficiaryId}`;
      return write(
        wire.archivedBeneficiary,
        { operation, method: 'DELETE', path, query: { accountId } },
        writeOptions,
      );
    },

    async updateNxosnet(settings, writeOptions) {
      const operation = 'updateNxosnet';
      const body = readInput(operation, wire.nxosnetSettingsRequest, settings);
      const path = '/v1/organizations/nxosnet';
      return write(wire.nxosnetSettings, { operation, method: 'PATCH', path, body }, writeOptions);
    },

    async createQuote(quote, writeOptions) {
      const operation = 'createQuote';
      const checked = readInput(operation, wire.quoteRequest, quote);
      checkIds(operation, { accountId: checked.accountId });
      const { fromAmount, toAmount, fromAsset, toAsset } = checked;
      const body = {
        ...checked,
        ...(fromAmount !== undefined && { fromAmount: nativeScale(fromAmount, fromAsset) }),
        ...(toAmount !== undefined && { toAmount: nativeScale(toAmount, toAsset) }),
      };
      return write(wire.quote, { operation, path: '/v1/quotes', body }, writeOptions);
    },

    async getQuote(quoteId) {
      const operation = 'getQuote';
      checkIds(operation, { quoteId });
      return read(wire.quote, { operation, path: `/v1/quotes/${quoteId}` });
    },

    async executeQuote(quoteId, writeOptions) {
      const operation = 'executeQuote';
      checkIds(operation, { quoteId });
      return write(wire.trade, { operation, path: `/v1/quotes/${quoteId}/execute` }, writeOptions);
    },

    async createWebhookEndpoint(endpoint, writeOptions) {
      const operation = 'createWebhookEndpoint';
      const body = readInput(operation, wire.endpointRequest, endpoint);
      return write(wire.endpoint, { operation, path: '/v1/webhooks/endpoints', body }, writeOptions);
    },

    listWebhookEndpoints: () =>
      list(wire.endpointList, { operation: 'listWebhookEndpoints', path: '/v1/webhooks/endpoints' }),

    async updateWebhookEndpoint(endpointId, patch, writeOptions) {
      const operation = 'updateWebhookEndpoint';
      checkIds(operation, { endpointId });
      const body = readInput(operation, wire.endpointPatch, patch);
      const path = `/v1/webhooks/endpoints/${endpointId}`;
      return write(wire.endpoint, { operation, method: 'PATCH', path, body }, writeOptions);
    },

    async deleteWebhookEndpoint(endpointId, writeOptions) {
      const operation = 'deleteWebhookEndpoint';
      checkIds(operation, { endpointId });
      const path = `/v1/webhooks/endpoints/${endpointId}`;
      return write(wire.deletedEndpoint, { operation, method: 'DELETE', path }, writeOptions);
    },

    async getWebhookSecret(endpointId) {
      const operation = 'getWebhookSecret';
      checkIds(operation, { endpointId });
      const path = `/v1/webhooks/endpoints/${endpointId}/secret`;
      return (await read(wire.endpointSecret, { operation, path })).key;
    },

    async rotateWebhookSecret(endpointId, writeOptions) {
      const operation = 'rotateWebhookSecret';
      checkIds(operation, { endpointId });
      const path = `/v1/webhooks/endpoints/${endpointId}/secret/rotate`;
      return (await write(wire.endpointSecret, { operation, path }, writeOptions)).key;
    },
  };
}
