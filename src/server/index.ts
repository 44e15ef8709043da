/** `kassa/server`: for a shop's backend, on Node, Deno, Bun and at the edge. */
export { createGateway } from './gateway/client.ts';
export { createKassa } from './routes/kassa.ts';
export { createNixo } from './nixo/client.ts';
export { createNxos } from './nxos/client.ts';
export { renderCashier } from './routes/render-cashier.ts';
export { signWebhook, verifyWebhook } from './gateway/webhooks.ts';
export { verifyNixoWebhook } from './nixo/webhooks.ts';
export { verifyNxosWebhook } from './nxos/webhooks.ts';
export { createMemoryBook } from './orders/memory.ts';
export { toNodeHandler } from './routes/node.ts';
export { ApiError, InputError, isApiError, WebhookError } from './errors.ts';
export { OptionsError } from './http/client-options.ts';
export { GATEWAY_CODES } from '../model/gateway/codes.ts';

export type {
  ChargeResult,
  Gateway,
  MintedCashier,
  MintedDirect,
  Reference,
  Transaction,
  TransactionStatus,
} from './gateway/operations.ts';
export type { GatewayOptions } from './gateway/options.ts';
export type { Kassa, KassaOptions } from './routes/kassa.ts';
export type { Nixo, NixoAccount, NixoBalance } from './nixo/client.ts';
export type { Health } from './routes/health.ts';
export type { TelemetryOptions } from './telemetry/api.ts';
export type { NixoOptions } from './nixo/options.ts';
export type { Payout, PayoutOrder } from './nixo/payouts.ts';
export type { PayoutFilter } from '../wire/nixo/orders.ts';
export type { NixoEvent } from '../wire/nixo/events.ts';
export type { TransactionFilter } from '../wire/nxos/objects.ts';
export type { NixoScheme, NixoVerifyOptions, SignedBody } from './nixo/webhooks.ts';
export type { BeneficiaryReference, Nxos } from './nxos/client.ts';
export type { NxosOptions } from './nxos/options.ts';
export type { SvixHeaders, VerifiedEvent } from './nxos/webhooks.ts';
export type { VerifyOptions } from './http/webhook-body.ts';
export type { WriteOptions, Written } from './http/keyed.ts';
export type { RenderOptions } from './routes/render-cashier.ts';
export type { Card, Charged } from './routes/charge.ts';
export type { Asked, OrderAnswer, ShopOrder } from './routes/shop-order.ts';
export type { Acceptance, HandlerContext } from './orders/accept.ts';
export type { OrderBook } from './orders/book.ts';
export type { ReconciledChange, Reconciliation, ReconcileOptions } from './orders/reconcile.ts';
export type { Decision, Difference, Order, StatusChange } from './orders/order.ts';
export type {
  CardOrder,
  CashierOrder,
  CustomerInput,
  DateRange,
  DirectOrder,
  WithdrawalOrder,
} from '../wire/gateway/orders.ts';
export type { WebhookEvent } from './gateway/webhooks.ts';
export type { ApiErrorKind, RequestOutline, WebhookErrorCode } from './errors.ts';
export type { UnknownFields } from './input.ts';
