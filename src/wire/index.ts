export * as gateway from './gateway.ts';
export * as nixo from './nixo.ts';
export * as nxos from './nxos.ts';
export { type GatewayWebhook, gatewayWebhook } from './webhooks.ts';
export { isSignatureForm, SIGNATURE_HEADER, signGatewayBody } from './signature.ts';
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
