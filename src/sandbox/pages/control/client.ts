/** The control page's questions and orders to its sandbox. */
import type { Delivery } from '../../store/schema.ts';
import type { SandboxState } from '../../parts.ts';

/** A delivery as JSON writes it. */
export type DeliveryView = Pick<
  Delivery,
  'id' | 'subject' | 'url' | 'body' | 'state' | 'attempts' | 'history' | 'dueAt' | 'headers'
>;

export interface Snapshot {
  readonly state: SandboxState;
  /** The newest first. */
  readonly deliveries: readonly DeliveryView[];
}

const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
  const response = await fetch(path, init);
  const body = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(body.message ?? `HTTP ${response.status}`);
  return body;
};

export async function readSnapshot(): Promise<Snapshot> {
  const [state, deliveries] = await Promise.all([
    ask<SandboxState>('_sandbox/state'),
    ask<readonly DeliveryView[]>('_sandbox/deliveries'),
  ]);
  return { state, deliveries: [...deliveries].reverse() };
}

/** Posts an order to a control route. @throws Error with the sandbox's own words when it refuses */
export const order = (path: string, body: unknown = {}): Promise<unknown> =>
  ask(`_sandbox${path}`, { method: 'POST', body: JSON.stringify(body) });

/** What the shop's back office would do over the API, with the key that is printed on this page. */
export const decide = (
  decision: 'approve' | 'reject',
  transactionId: string,
  key: string,
): Promise<unknown> =>
  ask(`gateway/api/v1/withdrawal/${decision}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ transaction_id: transactionId }),
  });
