export * as gateway from './gateway/replies.ts';
export * as nixo from './nixo/objects.ts';
export * as nxos from './nxos/objects.ts';
export { type GatewayWebhook, gatewayWebhook } from './gateway/webhook.ts';
export { isSignatureForm, SIGNATURE_HEADER, signGatewayBody } from './gateway/signature.ts';
export {
  type CashierAddress,
  cashierAddress,
  type RouteError,
  routeError,
  type Session,
  session,
  type SessionRequest,
  sessionRequest,
  type StatusReport,
  statusReport,
} from './session.ts';
