/** `kassa/server`: for a shop's backend, on Node, Deno, Bun and at the edge. */
export { createGateway } from './gateway.ts';
export { createKassa } from './kassa.ts';
export { createNixo } from './nixo.ts';
export { createNxos } from './nxos.ts';
export { renderCashier } from './render-cashier.ts';
export { signWebhook, verifyWebhook } from './webhooks.ts';
export { verifyNixoWebhook } from './nixo-webhooks.ts';
export { verifyNxosWebhook } from './nxos-webhooks.ts';
export { createMemoryInbox } from './inbox/memory.ts';
export { toNodeHandler } from './node.ts';
export { ApiError, InputError, isApiError, WebhookError } from './errors.ts';
export { OptionsError } from './client-options.ts';

export type {
  ChargeResult,
  DateRange,
  Gateway,
  MintedCashier,
  MintedDirect,
  Reference,
  Transaction,
  TransactionStatus,
} from './gateway.ts';
export type { GatewayOptions } from './gateway-options.ts';
export type { Kassa, KassaOptions } from './kassa.ts';
export type { Nixo, NixoAccount, NixoBalance, PayoutFilter } from './nixo.ts';
export type { NixoOptions } from './nixo-options.ts';
export type { Payout, PayoutOrder } from './nixo-payout.ts';
export type { NixoScheme, NixoVerifyOptions, SignedBody } from './nixo-webhooks.ts';
export type { BeneficiaryReference, Nxos, TransactionFilter } from './nxos.ts';
export type { NxosOptions } from './nxos-options.ts';
export type { SvixHeaders, VerifiedEvent } from './nxos-webhooks.ts';
export type { VerifyOptions } from './webhook-body.ts';
export type { WriteOptions, Written } from './keyed.ts';
export type { RenderOptions } from './render-cashier.ts';
export type { Asked, OrderAnswer, ShopOrder } from './routes/context.ts';
export type { Acceptance, Inbox, KnownStatus, StatusChange } from './inbox/inbox.ts';
export type {
  CardOrder,
  CashierOrder,
  CustomerInput,
  DirectOrder,
  WithdrawalOrder,
} from '../wire/gateway-orders.ts';
export type { WebhookEvent } from './webhooks.ts';
export type { ApiErrorKind, WebhookErrorCode } from './errors.ts';
