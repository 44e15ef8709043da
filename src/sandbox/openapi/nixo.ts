/** `/openapi/nixo.json`: paths and the payout are those of Nixo's documents, the other bodies Kassa's own reading. */
import { NIXO_CODES } from '../../model/nixo/codes.ts';
import * as wire from '../../wire/nixo/objects.ts';
import { PLACES } from '../places.ts';
import { type Operation, type Parameter, queryParameter, refusalsOf, toOpenApi } from './document.ts';

const REFUSALS = refusalsOf(NIXO_CODES);

const replies = (schema: string, description: string, status: 200 | 201 = 200): Operation['replies'] => ({
  [status]: { description, schema },
  ...REFUSALS,
});

const VERSION: Parameter = {
  name: 'Nixo-Version',
  in: 'header',
  description: `Default ${wire.NIXO_VERSION}`,
  example: wire.NIXO_VERSION,
};
const KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Up to 255 characters. The same key, path and body get the same answer for 24 hours',
  example: '7d3a3f0e-5a0a-4f6e-9d1c-0a6f2a0b7c11',
};
const PAYOUT_ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the payout',
  example: 'pyt_a1B2c3D4e5F6',
};
const ACCOUNT_ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the account; `me` is the operating account',
  example: 'me',
};

const OPERATIONS: readonly Operation[] = [
  {
    id: 'createPayout',
    method: 'post',
    path: '/v1/payouts',
    summary: 'Money to a bank account',
    description:
      'Taken from the account at once. A reference fail_<reason> makes it fail for that reason, slow makes it take a minute.',
    parameters: [VERSION, KEY],
    request: 'PayoutRequest',
    replies: replies('Payout', 'Accepted; whether it arrives is still to come', 201),
  },
  {
    id: 'listPayouts',
    method: 'get',
    path: '/v1/payouts',
    summary: 'Payouts, newest first',
    parameters: [
      VERSION,
      queryParameter('limit', '1 to 100, default 25', '5'),
      queryParameter('starting_after', 'The last payout of the page before', 'pyt_a1B2c3D4e5F6'),
      queryParameter('status', 'processing, succeeded, failed or canceled', 'failed'),
      queryParameter('currency', 'ISO 4217', 'USD'),
      queryParameter('created_gte', 'Unix seconds', '1750000000'),
      queryParameter('created_lte', 'Unix seconds', '1750086400'),
    ],
    replies: replies('PayoutList', 'A page of payouts'),
  },
  {
    id: 'getPayout',
    method: 'get',
    path: '/v1/payouts/{id}',
    summary: 'A payout and its history',
    parameters: [VERSION, PAYOUT_ID],
    replies: replies('Payout', 'The payout'),
  },
  {
    id: 'cancelPayout',
    method: 'post',
    path: '/v1/payouts/{id}/cancel',
    summary: 'Stop a payout that is processing',
    description: 'Kassa’s own: the documents mention it, and are cut off there.',
    parameters: [VERSION, PAYOUT_ID, KEY],
    replies: replies('Payout', 'Canceled'),
  },
  {
    id: 'createAccount',
    method: 'post',
    path: '/v1/accounts',
    summary: 'An account of a customer or a business',
    parameters: [VERSION, KEY],
    request: 'AccountRequest',
    replies: replies('Account', 'The account, its check pending', 201),
  },
  {
    id: 'getAccount',
    method: 'get',
    path: '/v1/accounts/{id}',
    summary: 'An account and its check',
    parameters: [VERSION, ACCOUNT_ID],
    replies: replies('Account', 'The account'),
  },
  {
    id: 'getBalances',
    method: 'get',
    path: '/v1/accounts/{id}/balances',
    summary: 'What an account holds',
    parameters: [VERSION, ACCOUNT_ID],
    replies: replies('BalanceList', 'The balances'),
  },
];

export const nixoOpenApi = (origin: string) =>
  toOpenApi({
    title: 'Nixo (Kassa sandbox)',
    description: 'Payouts, accounts and balances of Nixo as the sandbox serves them.',
    serverUrl: origin + PLACES.nixo,
    key: 'bearer',
    operations: OPERATIONS,
    schemas: {
      PayoutRequest: wire.payoutRequest,
      AccountRequest: wire.accountRequest,
      Payout: wire.payout,
      PayoutList: wire.payoutList,
      Account: wire.account,
      BalanceList: wire.balanceList,
      Error: wire.nixoError,
    },
  });
