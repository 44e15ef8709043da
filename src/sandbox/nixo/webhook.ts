/** Tells the shop, in an envelope of Kassa's own; each attempt is signed with its own time. */
import { NIXO_SIGNATURE_HEADER, signNixo } from '../../wire/nixo/signature.ts';
import { enqueue, type Sender } from '../outbox/outbox.ts';
import type { Database } from '../store/store.ts';
import { newId, type NixoContext, unixSeconds } from './context.ts';
import { WEBHOOK_SECRET } from './seeds.ts';

export type EventType = 'payout.created' | 'payout.succeeded' | 'payout.failed' | 'balance.updated';

/** In the database transaction of what happened. `subject` keeps what belongs together in order. */
export async function tell(
  tx: Database,
  { world, config }: NixoContext,
  { type, subject, object }: { readonly type: EventType; readonly subject: string; readonly object: object },
): Promise<void> {
  const url = config.current.nixoWebhookUrl;
  if (url === null) return;
  await enqueue(tx, world, {
    system: 'nixo',
    subject,
    url,
    body: JSON.stringify({
      id: newId('evt', world),
      object: 'event',
      type,
      created: unixSeconds(world.clock.now()),
      data: { object },
    }),
    headers: {},
  });
}

export const nixoSender: Sender = {
  signer: () =>
    Promise.resolve(async ({ body }, at) => {
      const timestamp = unixSeconds(at);
      const signature = await signNixo(body, timestamp, WEBHOOK_SECRET);
      return { [NIXO_SIGNATURE_HEADER]: `t=${timestamp},v1=${signature}` };
    }),
};
