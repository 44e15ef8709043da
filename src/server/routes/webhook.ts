/** `POST webhook`: verify, claim, handle, answer; in this order. */
import { WebhookError } from '../errors.ts';
import { verifyWebhook } from '../gateway/webhooks.ts';
import { json, Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';

export async function receiveWebhook(request: Request, context: RouteContext): Promise<Response> {
  const { gateway, inbox, onStatus } = context;
  try {
    const event = await verifyWebhook(request, undefined, gateway.signaturePassword);
    // A handler that throws answers 500, so that the gateway delivers again.
    const acceptance = await inbox.accept(event, onStatus);
    return json({ received: true, acceptance });
  } catch (error) {
    if (error instanceof WebhookError) {
      // A body that was parsed on its way is the shop's to mend; what strangers post is not.
      const forShop = error.status === 500 ? { cause: error } : {};
      throw new Refusal(error.status, error.code, error.message, error.hint, forShop);
    }
    throw error;
  }
}
