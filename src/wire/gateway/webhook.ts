import { z } from 'zod';

/**
 * What the gateway POSTs on every status change, `pending` included. `amount` is a decimal string here,
 * a number everywhere else. `provider` and `rejected_reason` appear in one of the two samples only.
 * Unknown fields are kept; an unknown status is kept verbatim.
 */
export const gatewayWebhook = z.looseObject({
  transaction_id: z.string().min(1),
  user_id: z.union([z.string(), z.number()]).transform(String),
  tracking_id: z.string().min(1),
  status: z.string().min(1),
  currency: z.string(),
  amount: z.union([z.string(), z.number()]).transform(String),
  transaction_type: z.string(),
  provider: z.string().optional(),
  rejected_reason: z.string().nullish(),
});
export type GatewayWebhook = z.infer<typeof gatewayWebhook>;
