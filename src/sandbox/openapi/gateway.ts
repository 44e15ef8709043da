/** `/openapi/gateway.json`. Paths and methods are the sandbox's own: no document of the gateway names them. */
import { GATEWAY_CODES } from '../../model/gateway/codes.ts';
import * as wire from '../../wire/gateway/replies.ts';
import { PLACES } from '../places.ts';
import { type Operation, type Parameter, toOpenApi } from './document.ts';

const REFUSALS = {
  400: {
    description: `One of the twelve codes: ${Object.entries(GATEWAY_CODES)
      .map(([code, { text }]) => `${code} ${text}`)
      .join('; ')}`,
    schema: 'Error',
  },
  413: { description: 'The body is larger than 1 MB', schema: 'Message' },
  422: { description: 'Fields that no code covers', schema: 'Invalid' },
} as const;

const replies = (schema: string, description: string): Operation['replies'] => ({
  200: { description, schema },
  ...REFUSALS,
});

const day = (name: 'from' | 'to', description: string): Parameter => ({
  name,
  in: 'query',
  description: `${description}, DD-MM-YYYY, UTC`,
  example: '01-08-2024',
});

const OPERATIONS: readonly Operation[] = [
  {
    id: 'cashier',
    method: 'post',
    path: '/api/v1/cashier',
    summary: 'A token for the cashier of all providers',
    request: 'CashierRequest',
    replies: replies('TokenReply', 'The token'),
  },
  {
    id: 'direct',
    method: 'post',
    path: '/api/v1/direct',
    summary: 'A token for the page of one provider',
    request: 'DirectRequest',
    replies: replies('DirectReply', 'The token'),
  },
  {
    id: 's2s',
    method: 'post',
    path: '/api/v1/s2s',
    summary: 'Charge a card from server to server',
    description: 'A url that is not empty asks for a redirect of the shopper (3-D Secure).',
    request: 'S2sRequest',
    replies: {
      ...replies('S2sReply', 'The state of the charge'),
      500: { description: 'The processor broke (card 4000000000000119)', schema: 'Message' },
    },
  },
  {
    id: 'withdrawal',
    method: 'post',
    path: '/api/v1/withdrawal',
    summary: 'A token for the withdrawal cashier',
    request: 'WithdrawalRequest',
    replies: replies('TokenReply', 'The token'),
  },
  {
    id: 'approve',
    method: 'post',
    path: '/api/v1/withdrawal/approve',
    summary: 'Let a pending withdrawal go out',
    request: 'DecisionRequest',
    replies: replies('ApproveReply', 'Approved; the transfer is still to come'),
  },
  {
    id: 'reject',
    method: 'post',
    path: '/api/v1/withdrawal/reject',
    summary: 'Reject a pending withdrawal',
    request: 'DecisionRequest',
    replies: replies('RejectReply', 'Rejected'),
  },
  {
    id: 'status',
    method: 'get',
    path: '/api/v1/transactions/{id}/status',
    summary: 'The newest state of one transaction',
    parameters: [
      {
        name: 'id',
        in: 'path',
        description: 'The shop’s tracking id, or the gateway’s own id',
        example: 'b8f04416-116a-11ed-861d-0242ac120002',
      },
    ],
    replies: replies('StatusReply', 'The state'),
  },
  {
    id: 'list',
    method: 'get',
    path: '/api/v1/transactions',
    summary: 'Transactions of up to eight days, today’s without a range',
    parameters: [day('from', 'First day'), day('to', 'Last day, at most seven days later')],
    replies: replies('ListReply', 'The transactions, oldest first'),
  },
];

export const gatewayOpenApi = (origin: string) =>
  toOpenApi({
    title: 'Payment gateway (Kassa sandbox)',
    description:
      'The gateway’s eight operations as the sandbox serves them. Bodies are those of the gateway’s documents; paths and methods are Kassa’s own.',
    serverUrl: origin + PLACES.gateway,
    key: { header: 'x-api-key' },
    operations: OPERATIONS,
    schemas: {
      CashierRequest: wire.cashierRequest,
      DirectRequest: wire.directRequest,
      S2sRequest: wire.s2sRequest,
      WithdrawalRequest: wire.withdrawalRequest,
      DecisionRequest: wire.decisionRequest,
      TokenReply: wire.tokenReply,
      DirectReply: wire.directReply,
      S2sReply: wire.s2sReply,
      ApproveReply: wire.approveReply,
      RejectReply: wire.rejectReply,
      StatusReply: wire.statusReply,
      ListReply: wire.listReply,
      Error: wire.gatewayError,
      Invalid: wire.gatewayInvalid,
      Message: wire.rejectReply,
    },
  });
