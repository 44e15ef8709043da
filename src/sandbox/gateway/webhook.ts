import { formatMoney } from '../../model/money.ts';
import { SIGNATURE_HEADER, signGatewayBody } from '../../wire/gateway/signature.ts';
import type { OutgoingWebhook } from '../outbox/outbox.ts';
import type { Transaction } from '../store/schema.ts';
import { findProvider, SIGNATURE_PASSWORD } from './seeds.ts';

/**
 * The body of the gateway's webhook: compact JSON, in the field order of its documented sample, because that form is
 * what the signature covers. The reason is there only when there is one.
 */
function webhookBody(transaction: Transaction): string {
  const provider = findProvider(transaction.providerId);
  return JSON.stringify({
    transaction_id: transaction.id,
    user_id: transaction.userId,
    tracking_id: transaction.trackingId,
    status: transaction.status,
    currency: transaction.currency,
    amount: formatMoney({ minor: transaction.amount, currency: transaction.currency }),
    transaction_type: transaction.type,
    ...(provider && { provider: provider.name }),
    ...(transaction.reason !== null && { rejected_reason: transaction.reason }),
  });
}

export async function webhookFor(transaction: Transaction, url: string): Promise<OutgoingWebhook> {
  const body = webhookBody(transaction);
  return {
    system: 'gateway',
    subject: transaction.id,
    url,
    body,
    headers: { [SIGNATURE_HEADER]: await signGatewayBody(body, SIGNATURE_PASSWORD) },
  };
}
