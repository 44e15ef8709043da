import { formatMoney } from '../../model/money.ts';
import { SIGNATURE_HEADER, signGatewayBody } from '../../wire/gateway/signature.ts';
import { writeWebhook } from '../../wire/gateway/webhook.ts';
import type { OutgoingWebhook } from '../outbox/outbox.ts';
import type { Transaction } from '../store/schema.ts';
import { findProvider, SIGNATURE_PASSWORD } from './seeds.ts';

export async function webhookFor(transaction: Transaction, url: string): Promise<OutgoingWebhook> {
  const { id: transactionId, amount: minor, currency, reason, providerId, ...others } = transaction;
  const amount = formatMoney({ minor, currency });
  const provider = findProvider(providerId)?.name;
  const body = writeWebhook({
    ...others,
    transactionId,
    currency,
    amount,
    provider,
    reason: reason ?? undefined,
  });
  return {
    system: 'gateway',
    subject: transactionId,
    url,
    body,
    headers: { [SIGNATURE_HEADER]: await signGatewayBody(body, SIGNATURE_PASSWORD) },
  };
}
