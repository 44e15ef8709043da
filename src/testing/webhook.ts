/** The gateway's webhooks without a gateway: for tests of your own handler. */
import { SIGNATURE_HEADER, signGatewayBody } from '../wire/gateway/signature.ts';

export interface TestWebhook {
  readonly trackingId: string;
  /** `successful`, `rejected`, `pending`, or a word that nobody knows yet. Default `successful`. */
  readonly status?: string;
  readonly type?: 'deposit' | 'withdrawal';
  /** Default `10.05`, `EUR` and `128`: what your order says, or Kassa tells a mismatch. */
  readonly amount?: string;
  readonly currency?: string;
  readonly userId?: string;
  readonly transactionId?: string;
  readonly provider?: string;
  readonly reason?: string;
}

export interface SendOptions {
  /** Default: that of the sandbox. */
  readonly password?: string;
  readonly fetch?: typeof globalThis.fetch;
}

const PASSWORD = 'spg_test_kassa_0001';

/** As the gateway writes it: compact, in the order of its documents, and without what it has not to say. */
export function webhookBody({ trackingId, ...event }: TestWebhook): string {
  return JSON.stringify({
    transaction_id: event.transactionId ?? `t-${trackingId}`,
    user_id: event.userId ?? '128',
    tracking_id: trackingId,
    status: event.status ?? 'successful',
    currency: event.currency ?? 'EUR',
    amount: event.amount ?? '10.05',
    transaction_type: event.type ?? 'deposit',
    ...(event.provider !== undefined && { provider: event.provider }),
    ...(event.reason !== undefined && { rejected_reason: event.reason }),
  });
}

/** The same as a `Request`, for `kassa.fetch` itself. */
export async function webhookRequest(
  url: string,
  event: TestWebhook,
  { password = PASSWORD }: SendOptions = {},
): Promise<Request> {
  const body = webhookBody(event);
  const signature = await signGatewayBody(body, password);
  return new Request(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
  });
}

/** Signs and posts it; the answer is your route's. */
export async function sendWebhook(
  url: string,
  event: TestWebhook,
  options: SendOptions = {},
): Promise<Response> {
  const { fetch: send = globalThis.fetch } = options;
  return send(await webhookRequest(url, event, options));
}
