import * as z from 'zod';

/** Ids are texts in the samples. A number is read, unless it has more digits than a JSON number keeps. */
const id = z.union([z.string().min(1), z.number().refine(Number.isSafeInteger)]).transform(String);
/** What an event can be understood without: left out, null, or of another type, it is as if it were not said. */
const unsaid = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()))
  .catch('');

/**
 * What the gateway POSTs on every status change, `pending` included. `amount` is a decimal string here,
 * a number everywhere else. `provider` and `rejected_reason` appear in one of the two samples only.
 *
 * It is signed, so it is read as far as it can be: a paid order must not hang on a field that nobody needs. Without ids,
 * a status, an amount and a currency it says nothing. Unknown fields are kept; an unknown status is kept verbatim.
 */
export const gatewayWebhook = z.looseObject({
  transaction_id: id,
  tracking_id: id,
  status: z.string().min(1),
  currency: z.string().min(1),
  amount: z.union([z.string(), z.number()]),
  /** Empty when the gateway does not say. */
  user_id: unsaid,
  transaction_type: unsaid,
  provider: unsaid,
  rejected_reason: unsaid,
});
export type GatewayWebhook = z.infer<typeof gatewayWebhook>;

/** What a webhook says, in Kassa's names; `provider` and `reason` only where there is one. */
export interface WebhookContent {
  readonly transactionId: string;
  readonly userId: string;
  readonly trackingId: string;
  readonly status: string;
  readonly currency: string;
  /** Decimal text. */
  readonly amount: string;
  readonly type: string;
  readonly provider?: string | undefined;
  readonly reason?: string | undefined;
}

/** Compact JSON in the field order of the documented sample, because that form is what the signature covers. */
export const writeWebhook = ({ provider, reason, ...it }: WebhookContent): string =>
  JSON.stringify({
    transaction_id: it.transactionId,
    user_id: it.userId,
    tracking_id: it.trackingId,
    status: it.status,
    currency: it.currency,
    amount: it.amount,
    transaction_type: it.type,
    ...(provider !== undefined && { provider }),
    ...(reason !== undefined && { rejected_reason: reason }),
  });

/**
 * The form that the documents print, which is nearly all that comes, without a schema's cost; `undefined` for any other,
 * which is for `gatewayWebhook` to judge. Where it answers, both say the same.
 */
export function readPrinted(json: unknown): GatewayWebhook | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const it = json as Readonly<Record<string, unknown>>;
  const { transaction_id, tracking_id, status, currency, amount } = it;
  if (!isSaid(transaction_id) || !isSaid(tracking_id) || !isSaid(status) || !isSaid(currency))
    return undefined;
  const user_id = said(it.user_id);
  const transaction_type = said(it.transaction_type);
  const provider = said(it.provider);
  const rejected_reason = said(it.rejected_reason);
  if (typeof amount !== 'string' || user_id === undefined || transaction_type === undefined) return undefined;
  if (provider === undefined || rejected_reason === undefined) return undefined;
  return {
    transaction_id,
    tracking_id,
    status,
    currency,
    amount,
    user_id,
    transaction_type,
    provider,
    rejected_reason,
  };
}

const isSaid = (value: unknown): value is string => typeof value === 'string' && value !== '';

function said(value: unknown): string | undefined {
  if (value === undefined) return '';
  return typeof value === 'string' ? value.trim() : undefined;
}
