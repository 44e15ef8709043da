/**
 * The twelve codes of the gateway's error list; they travel in the body of an HTTP 400.
 * `kind` is Kassa's grouping and decides the error class of the client. Only 1025 invites a retry.
 */
export const GATEWAY_CODES = {
  1016: { label: 'Credential not found', kind: 'config' },
  1021: { label: 'Transaction ID is missing', kind: 'request' },
  1025: { label: 'An error has occurred. Please try again later.', kind: 'transient' },
  1026: { label: 'API Key is missing', kind: 'auth' },
  1027: { label: 'API Key not found', kind: 'auth' },
  1028: { label: 'API Key has expired', kind: 'auth' },
  1039: { label: 'Transaction ID does not exist', kind: 'not-found' },
  1076: { label: "You can't change this transaction", kind: 'state' },
  1089: { label: 'Client Transaction ID is missing', kind: 'request' },
  1129: { label: "You can't cancel this transaction", kind: 'state' },
  1229: { label: 'Your Webhook URL is not available at this time', kind: 'config' },
  1295: { label: 'Your IP is blocked', kind: 'blocked' },
} as const;

export type GatewayCode = keyof typeof GATEWAY_CODES;
export type GatewayErrorKind = (typeof GATEWAY_CODES)[GatewayCode]['kind'];

export function isGatewayCode(code: number): code is GatewayCode {
  return Object.hasOwn(GATEWAY_CODES, code);
}
