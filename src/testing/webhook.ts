/** The gateway's webhooks without a gateway: for tests of your own handler. */
import { SIGNATURE_PASSWORD } from '../sandbox/gateway/seeds.ts';
import { SIGNATURE_HEADER, signGatewayBody } from '../wire/gateway/signature.ts';
import { writeWebhook } from '../wire/gateway/webhook.ts';

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

/** As the gateway writes it. */
export const webhookBody = ({ trackingId, ...event }: TestWebhook): string =>
  writeWebhook({
    ...event,
    trackingId,
    transactionId: event.transactionId ?? `t-${trackingId}`,
    userId: event.userId ?? '128',
    status: event.status ?? 'successful',
    currency: event.currency ?? 'EUR',
    amount: event.amount ?? '10.05',
    type: event.type ?? 'deposit',
  });

/** The same as a `Request`, for `kassa.fetch` itself. */
export async function webhookRequest(
  url: string,
  event: TestWebhook,
  { password = SIGNATURE_PASSWORD }: SendOptions = {},
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
