/**
 * What a shop's back office does with withdrawals: the gateway's cashier takes the wish, somebody approves it, Nixo pays
 * it out, and Nixo's webhook settles the story. Kept in memory; a real shop keeps it beside its orders.
 */
import type { Gateway, Nixo, Nxos, StatusChange, verifyNixoWebhook } from 'kassa/server';

type NixoEvent = Awaited<ReturnType<typeof verifyNixoWebhook>>;

export type Step = 'requested' | 'rejected' | 'approved' | 'paying' | 'delivered' | 'failed';

export interface Withdrawal {
  readonly trackingId: string;
  readonly amount: string;
  readonly currency: string;
  readonly steps: readonly { readonly step: Step; readonly note: string }[];
}

/** The bank account that the shop has on file for its demo shopper. */
const ON_FILE = {
  destinationCountry: 'DE',
  recipient: { fullName: 'Ada Lovelace', accountIban: 'DE89370400440532013000' },
} as const;

export class Withdrawals {
  readonly #gateway: Gateway;
  readonly #nixo: Nixo;
  readonly #byTracking = new Map<string, Withdrawal>();
  readonly #byPayout = new Map<string, string>();

  constructor(gateway: Gateway, nixo: Nixo) {
    this.#gateway = gateway;
    this.#nixo = nixo;
  }

  find(trackingId: string): Withdrawal | undefined {
    return this.#byTracking.get(trackingId);
  }

  /** A verified change at the gateway. */
  onStatus({ type, status, trackingId, amount, currency, reason }: StatusChange): void {
    if (type !== 'withdrawal') return;
    if (status === 'pending') {
      this.#byTracking.set(trackingId, { trackingId, amount, currency, steps: [] });
      this.#note(trackingId, 'requested', 'The gateway has the request; the back office decides.');
    } else if (status === 'failed') {
      this.#note(trackingId, 'rejected', reason ?? 'Rejected');
    }
  }

  /** Approved at the gateway, then paid out by Nixo: once, however often the button is pressed. */
  async approve(trackingId: string): Promise<void> {
    const withdrawal = this.find(trackingId);
    if (!withdrawal) return;
    await this.#gateway.approveWithdrawal({ trackingId });
    this.#note(trackingId, 'approved', 'The gateway was told.');
    const { amount, currency } = withdrawal;
    const payout = await this.#nixo.createPayout(
      { ...ON_FILE, amount, currency, reference: trackingId },
      { idempotencyKey: trackingId },
    );
    this.#byPayout.set(payout.id, trackingId);
    this.#note(trackingId, 'paying', `Nixo has it as ${payout.id}.`);
  }

  async reject(trackingId: string): Promise<void> {
    if (this.find(trackingId)) await this.#gateway.rejectWithdrawal({ trackingId });
  }

  /** A verified event of Nixo's: the word that counts. */
  onPayout(event: NixoEvent): void {
    if (event.type !== 'payout.succeeded' && event.type !== 'payout.failed') return;
    const { id, failure_reason: reason } = event.data.object;
    const trackingId = this.#byPayout.get(id);
    if (trackingId === undefined) return;
    const isDelivered = event.type === 'payout.succeeded';
    const note = isDelivered ? 'Nixo’s webhook says so.' : `Nixo’s webhook says: ${reason ?? 'failed'}.`;
    this.#note(trackingId, isDelivered ? 'delivered' : 'failed', note);
  }

  #note(trackingId: string, step: Step, note: string): void {
    const known = this.find(trackingId);
    // Webhooks come again; each step is taken once.
    if (!known || known.steps.some((taken) => taken.step === step)) return;
    this.#byTracking.set(trackingId, { ...known, steps: [...known.steps, { step, note }] });
  }
}

export interface Holding {
  readonly place: string;
  readonly asset: string;
  readonly amount: string;
}

/** Where the shop's money lies. */
export async function readTreasury(nixo: Nixo, nxos: Nxos): Promise<readonly Holding[]> {
  const holdings: Holding[] = [];
  for await (const { accountId } of nxos.listAccounts()) {
    const { name, balances } = await nxos.getAccount(accountId);
    for (const { asset, amount } of balances) holdings.push({ place: `Nxos, ${name}`, asset, amount });
  }
  for (const { currency = '', available = '' } of await nixo.getBalances('me')) {
    holdings.push({ place: 'Nixo, operating account', asset: currency, amount: available });
  }
  return holdings;
}
