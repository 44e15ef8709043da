/** `/openapi/nxos.json`: paths, methods and bodies are those of Nxos's documents. */
import { NXOS_CODES } from '../../model/nxos-codes.ts';
import * as wire from '../../wire/nxos.ts';
import { type Operation, type Parameter, queryParameter, refusalsOf, toOpenApi } from './document.ts';

const REFUSALS = refusalsOf(NXOS_CODES);

const replies = (schema: string, description: string): Operation['replies'] => ({
  200: { description, schema },
  ...REFUSALS,
});

const KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Up to 255 characters. The same key, method, path and body get the same answer for 24 hours',
  example: '7d3a3f0e-5a0a-4f6e-9d1c-0a6f2a0b7c11',
};

const idOf = (what: string, example: string): Parameter => ({
  name: 'id',
  in: 'path',
  description: `The id of the ${what}`,
  example,
});

const PAGING = [
  queryParameter('limit', '1 to 100, default 25', '25'),
  queryParameter('cursor', 'nextCursor of the page before', 'MTIzLkFiQ2Q'),
];

const HEX = '0'.repeat(30);
const ACCOUNT = queryParameter('accountId', 'Whose beneficiaries', `acct_${HEX}a1`, true);

const OPERATIONS: readonly Operation[] = [
  {
    id: 'listAccounts',
    method: 'get',
    path: '/v1/accounts',
    summary: 'The accounts of the organization, without balances',
    parameters: PAGING,
    replies: replies('AccountList', 'A page of accounts'),
  },
  {
    id: 'getAccount',
    method: 'get',
    path: '/v1/accounts/{id}',
    summary: 'An account and what it holds',
    parameters: [idOf('account', `acct_${HEX}a1`)],
    replies: replies('AccountDetail', 'The account'),
  },
  {
    id: 'sendTransfer',
    method: 'post',
    path: '/v1/transactions/nxosnet-transfers',
    summary: 'Money to another organization, at once',
    parameters: [KEY],
    request: 'TransferRequest',
    replies: replies('NxosnetTransfer', 'Done'),
  },
  {
    id: 'listTransactions',
    method: 'get',
    path: '/v1/transactions',
    summary: 'What happened, newest first',
    parameters: [
      ...PAGING,
      queryParameter('accountId', 'Of one account', `acct_${HEX}a1`),
      queryParameter('type', 'Types, parted by commas', 'NXOSNET_TRANSFER,TRADE'),
      queryParameter('status', 'Statuses, parted by commas', 'COMPLETED'),
      queryParameter('createdAtGte', 'From this time on', '2026-11-21T00:00:00.000Z'),
      queryParameter('createdAtLte', 'Up to this time', '2026-11-22T00:00:00.000Z'),
    ],
    replies: replies('TransactionList', 'A page of transactions'),
  },
  {
    id: 'getTransaction',
    method: 'get',
    path: '/v1/transactions/{id}',
    summary: 'One transaction',
    parameters: [idOf('transaction', `txn_${HEX}01`)],
    replies: replies('Transaction', 'The transaction'),
  },
  {
    id: 'createBeneficiary',
    method: 'post',
    path: '/v1/beneficiaries/nxosnet',
    summary: 'Whom an account may send to',
    parameters: [KEY],
    request: 'NxosnetBeneficiaryRequest',
    replies: replies('Beneficiary', 'The beneficiary'),
  },
  {
    id: 'listBeneficiaries',
    method: 'get',
    path: '/v1/beneficiaries',
    summary: 'The beneficiaries of an account',
    parameters: [ACCOUNT, queryParameter('type', 'NXOSNET, CRYPTO or BANK', 'NXOSNET'), ...PAGING],
    replies: replies('BeneficiaryList', 'A page of beneficiaries'),
  },
  {
    id: 'getBeneficiary',
    method: 'get',
    path: '/v1/beneficiaries/{id}',
    summary: 'One beneficiary',
    parameters: [idOf('beneficiary', `bene_${HEX}a1`), ACCOUNT],
    replies: replies('Beneficiary', 'The beneficiary'),
  },
  {
    id: 'archiveBeneficiary',
    method: 'delete',
    path: '/v1/beneficiaries/{id}',
    summary: 'Nothing is sent to it any more',
    parameters: [idOf('beneficiary', `bene_${HEX}a1`), ACCOUNT, KEY],
    replies: replies('ArchivedBeneficiary', 'Archived'),
  },
  {
    id: 'updateNxosnet',
    method: 'patch',
    path: '/v1/organizations/nxosnet',
    summary: 'The handle of the organization, and whether others may send to it',
    parameters: [KEY],
    request: 'NxosnetSettingsRequest',
    replies: replies('NxosnetSettings', 'The settings'),
  },
  {
    id: 'createQuote',
    method: 'post',
    path: '/v1/quotes',
    summary: 'A price that holds for five minutes',
    parameters: [KEY],
    request: 'QuoteRequest',
    replies: replies('Quote', 'The quote'),
  },
  {
    id: 'getQuote',
    method: 'get',
    path: '/v1/quotes/{id}',
    summary: 'One quote',
    parameters: [idOf('quote', `quote_${HEX}01`)],
    replies: replies('Quote', 'The quote'),
  },
  {
    id: 'executeQuote',
    method: 'post',
    path: '/v1/quotes/{id}/execute',
    summary: 'Trade at the price of a quote, once',
    parameters: [idOf('quote', `quote_${HEX}01`), KEY],
    replies: replies('Trade', 'Traded'),
  },
  {
    id: 'createWebhookEndpoint',
    method: 'post',
    path: '/v1/webhooks/endpoints',
    summary: 'Where to be told what happens',
    parameters: [KEY],
    request: 'EndpointRequest',
    replies: replies('Endpoint', 'The endpoint'),
  },
  {
    id: 'listWebhookEndpoints',
    method: 'get',
    path: '/v1/webhooks/endpoints',
    summary: 'The endpoints of the organization',
    parameters: PAGING,
    replies: replies('EndpointList', 'A page of endpoints'),
  },
  {
    id: 'getWebhookEndpoint',
    method: 'get',
    path: '/v1/webhooks/endpoints/{id}',
    summary: 'One endpoint',
    parameters: [idOf('endpoint', 'ep_2ZqHkW0nZ8rT5yB1cD3eF4gH')],
    replies: replies('Endpoint', 'The endpoint'),
  },
  {
    id: 'updateWebhookEndpoint',
    method: 'patch',
    path: '/v1/webhooks/endpoints/{id}',
    summary: 'Another address, other events, on or off',
    parameters: [idOf('endpoint', 'ep_2ZqHkW0nZ8rT5yB1cD3eF4gH'), KEY],
    request: 'EndpointPatch',
    replies: replies('Endpoint', 'The endpoint'),
  },
  {
    id: 'deleteWebhookEndpoint',
    method: 'delete',
    path: '/v1/webhooks/endpoints/{id}',
    summary: 'Tell it no more',
    parameters: [idOf('endpoint', 'ep_2ZqHkW0nZ8rT5yB1cD3eF4gH'), KEY],
    replies: replies('DeletedEndpoint', 'Deleted'),
  },
  {
    id: 'getWebhookSecret',
    method: 'get',
    path: '/v1/webhooks/endpoints/{id}/secret',
    summary: 'What its webhooks are signed with',
    parameters: [idOf('endpoint', 'ep_2ZqHkW0nZ8rT5yB1cD3eF4gH')],
    replies: replies('EndpointSecret', 'The secret'),
  },
  {
    id: 'rotateWebhookSecret',
    method: 'post',
    path: '/v1/webhooks/endpoints/{id}/secret/rotate',
    summary: 'A new secret; the one before signs beside it for a day',
    parameters: [idOf('endpoint', 'ep_2ZqHkW0nZ8rT5yB1cD3eF4gH'), KEY],
    replies: replies('EndpointSecret', 'The new secret'),
  },
];

export const nxosOpenApi = (origin: string) =>
  toOpenApi({
    title: 'Nxos (Kassa sandbox)',
    description:
      'Accounts, Nxosnet transfers, beneficiaries, quotes and webhook endpoints of Nxos as the sandbox serves them.',
    serverUrl: `${origin}/nxos`,
    key: 'bearer',
    operations: OPERATIONS,
    schemas: {
      TransferRequest: wire.transferRequest,
      NxosnetBeneficiaryRequest: wire.nxosnetBeneficiaryRequest,
      NxosnetSettingsRequest: wire.nxosnetSettingsRequest,
      QuoteRequest: wire.quoteRequest,
      EndpointRequest: wire.endpointRequest,
      EndpointPatch: wire.endpointPatch,
      AccountList: wire.accountList,
      AccountDetail: wire.accountDetail,
      NxosnetTransfer: wire.nxosnetTransfer,
      Transaction: wire.transaction,
      TransactionList: wire.transactionList,
      Beneficiary: wire.beneficiary,
      BeneficiaryList: wire.beneficiaryList,
      ArchivedBeneficiary: wire.archivedBeneficiary,
      NxosnetSettings: wire.nxosnetSettings,
      Quote: wire.quote,
      Trade: wire.trade,
      Endpoint: wire.endpoint,
      EndpointList: wire.endpointList,
      DeletedEndpoint: wire.deletedEndpoint,
      EndpointSecret: wire.endpointSecret,
      Error: wire.nxosError,
    },
  });
