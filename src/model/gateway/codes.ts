/**
 * The twelve codes of the gateway's error list; they travel in the body of an HTTP 400.
 * `kind` is Kassa's grouping and decides the error class of the client. Only 1025 invites a retry.
 */
import type { Refusal } from '../refusals.ts';

export type GatewayErrorKind =
  | 'auth'
  | 'config'
  | 'request'
  | 'not-found'
  | 'state'
  | 'transient'
  | 'blocked';

export const GATEWAY_CODES = {
  1016: { status: 400, kind: 'config', text: 'Credential not found' },
  1021: { status: 400, kind: 'request', text: 'Transaction ID is missing' },
  1025: { status: 400, kind: 'transient', text: 'An error has occurred. Please try again later.' },
  1026: { status: 400, kind: 'auth', text: 'API Key is missing' },
  1027: { status: 400, kind: 'auth', text: 'API Key not found' },
  1028: { status: 400, kind: 'auth', text: 'API Key has expired' },
  1039: { status: 400, kind: 'not-found', text: 'Transaction ID does not exist' },
  1076: { status: 400, kind: 'state', text: "You can't change this transaction" },
  1089: { status: 400, kind: 'request', text: 'Client Transaction ID is missing' },
  1129: { status: 400, kind: 'state', text: "You can't cancel this transaction" },
  1229: { status: 400, kind: 'config', text: 'Your Webhook URL is not available at this time' },
  1295: { status: 400, kind: 'blocked', text: 'Your IP is blocked' },
} as const satisfies Readonly<Record<number, Refusal<GatewayErrorKind>>>;

export type GatewayCode = keyof typeof GATEWAY_CODES;

export function isGatewayCode(code: number): code is GatewayCode {
  return Object.hasOwn(GATEWAY_CODES, code);
}
