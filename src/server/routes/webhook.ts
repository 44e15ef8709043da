/** `POST webhook`: verify, claim, handle, answer; in this order. */
import { KassaError } from '../../model/errors.ts';
import { WebhookError } from '../errors.ts';
import { verifyWebhook, type WebhookEvent } from '../gateway/webhooks.ts';
import { HandlerTimeoutError } from '../orders/accept.ts';
import { BookFullError } from '../orders/book.ts';
import type { OrderEvent } from '../orders/order.ts';
import { json, Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';

export async function receiveWebhook(request: Request, context: RouteContext): Promise<Response> {
  const { raw: _raw, ...event } = await verify(request, context);
  return json({ received: true, acceptance: await accept(event, context) });
}

async function verify(request: Request, { gateway, telemetry }: RouteContext): Promise<WebhookEvent> {
  try {
    return await verifyWebhook(request, undefined, gateway.signaturePassword);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    telemetry.webhook('refused');
    throw new Refusal(error.status, error.code, error.message, error.hint, { cause: error });
  }
}

/** Whatever is not a 2xx is delivered again, every five minutes and 15 times in all (the gateway's documents, Webhooks). */
async function accept(event: OrderEvent, context: RouteContext): Promise<string> {
  try {
    const acceptance = await context.accept(event);
    context.telemetry.webhook(acceptance);
    return acceptance;
  } catch (error) {
    context.telemetry.webhook('failed');
    const isLater = error instanceof HandlerTimeoutError || error instanceof BookFullError;
    throw new Refusal(
      isLater ? 503 : 500,
      isLater ? error.code : 'handler-failed',
      'The shop could not take this change now.',
      'Deliver it again.',
      { cause: isLater ? error : handlerFailed(event, error) },
    );
  }
}

const handlerFailed = ({ trackingId, rawStatus }: OrderEvent, cause: unknown): KassaError =>
  new KassaError({
    code: 'handler-failed',
    message: `Order ${trackingId}: ${rawStatus} was not taken, because a handler or the order book threw: ${String(cause)}`,
    hint: 'It is not recorded, and the gateway will deliver it again. Mend onStatus, onMismatch or the database.',
    retryable: true,
    cause,
  });
