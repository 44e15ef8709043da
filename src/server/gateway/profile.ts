/**
 * Everything about the gateway that no document of it says. These are Kassa's own choices, and the sandbox's: a real
 * gateway with other paths is a matter of passing other values to `createGateway`.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Below `baseUrl`; `{id}` stands for the transaction reference. */
  readonly path: string;
}

export type GatewayOperation =
  | 'cashier'
  | 'direct'
  | 's2s'
  | 'withdrawal'
  | 'reject'
  | 'approve'
  | 'status'
  | 'list';

export const ENDPOINTS: Readonly<Record<GatewayOperation, Endpoint>> = {
  cashier: { method: 'POST', path: '/api/v1/cashier' },
  direct: { method: 'POST', path: '/api/v1/direct' },
  s2s: { method: 'POST', path: '/api/v1/s2s' },
  withdrawal: { method: 'POST', path: '/api/v1/withdrawal' },
  reject: { method: 'POST', path: '/api/v1/withdrawal/reject' },
  approve: { method: 'POST', path: '/api/v1/withdrawal/approve' },
  status: { method: 'GET', path: '/api/v1/transactions/{id}/status' },
  list: { method: 'GET', path: '/api/v1/transactions' },
};

/** The hosted cashier page, below `baseUrl`. */
export const CASHIER_PATH = '/cashier';

/** How long a token is taken to live. */
export const TOKEN_LIFE_MS = 30 * 60_000;

/** Which id an operation is documented with: the gateway's own, or the shop's tracking id. */
export const ID_KIND = { reject: 'transactionId', approve: 'trackingId', status: 'trackingId' } as const;
