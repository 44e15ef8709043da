/**
 * A card form of the shop's own, as a pattern to copy: the card goes to the shop's backend, the gateway's answer to the
 * element. The button is off while a charge is under way, one order is charged once, and a reload goes on.
 */
import type { KassaCashier } from 'kassa';
import { find } from '../../event-log.ts';

type Payment = NonNullable<KassaCashier['payment']>;

const form = find('card') as HTMLFormElement;
const pay = find('pay') as HTMLButtonElement;
const PAY = pay.textContent;

const FAULTS: Readonly<Record<string, string>> = {
  number: 'Check the card number.',
  expiry: 'Write the month and the year: MM / YY.',
  cvc: 'The code has 3 or 4 digits.',
  holderName: 'Write the name as on the card.',
};

/** What this tab waits for, so that a reload in the middle of 3-D Secure goes on with it. No card is in it. */
const KEPT = 'fika-payment';

function newCashier(): KassaCashier {
  const cashier = document.createElement('kassa-cashier');
  cashier.display = 'modal';
  cashier.addEventListener('kassa-outcome', ({ outcome: { kind, verified, reason } }) => {
    if (kind !== 'unknown') sessionStorage.removeItem(KEPT);
    const why = reason === undefined ? '' : ` (${reason})`;
    find('result').textContent =
      `This order ended as "${kind}"${why}, ${verified ? '' : 'not '}verified by the backend.`;
    // Paid is paid; after a decline the same order may be tried with another card.
    setBusy(
      kind === 'succeeded' || kind === 'pending' || kind === 'unknown',
      kind === 'succeeded' ? 'Paid' : PAY,
    );
  });
  find('cashier').replaceChildren(cashier);
  return cashier;
}

// The order that this page is about: however often its button is pressed, it is charged once.
const ordered = fetch('/order', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"item":"beans"}',
});

function setBusy(isBusy: boolean, text: string): void {
  pay.disabled = isBusy;
  pay.textContent = text;
}

function showFaults(fields: readonly string[]): void {
  for (const name of Object.keys(FAULTS)) {
    const isWrong = fields.includes(name);
    find(name).setAttribute('aria-invalid', String(isWrong));
    find(`${name}-fault`).textContent = isWrong ? (FAULTS[name] ?? '') : '';
  }
  if (fields[0] !== undefined) find(fields[0]).focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (pay.disabled) return;
  const entries = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const empty = Object.keys(FAULTS).filter((name) => entries[name]?.trim() === '');
  showFaults(empty);
  if (empty.length === 0) void charge(entries);
});

async function charge({ challenge = 'auto', ...card }: Record<string, string>): Promise<void> {
  setBusy(true, 'Charging…');
  find('result').textContent = 'Asking the gateway…';
  await ordered;
  const answer = await fetch('/charge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(card),
  }).then(
    async (response) => ({ ok: response.ok, body: (await response.json()) as Payment & Refusal }),
    () => undefined,
  );
  if (!answer) {
    // Sent or not, nobody knows here; the order is the same, so pressing again cannot charge twice.
    find('result').textContent =
      'No answer came. Press the button again: this order cannot be charged twice.';
    setBusy(false, PAY);
  } else if (!answer.ok) {
    find('result').textContent = answer.body.message ?? 'The card could not be charged.';
    setBusy(false, PAY);
    showFaults(answer.body.fields ?? []);
  } else show(answer.body, challenge);
}

interface Refusal {
  readonly message?: string;
  readonly fields?: readonly string[];
}

function show(payment: Payment, challenge: string): void {
  setBusy(true, 'Charging…');
  find('result').textContent = 'Waiting for the bank…';
  sessionStorage.setItem(KEPT, JSON.stringify({ payment, challenge }));
  const cashier = newCashier();
  cashier.challenge = challenge as KassaCashier['challenge'];
  cashier.payment = payment;
}

await customElements.whenDefined('kassa-cashier');
const kept = sessionStorage.getItem(KEPT);
const { payment, challenge } = JSON.parse(kept ?? '{}') as { payment?: Payment; challenge?: string };
if (payment && challenge !== 'redirect') show(payment, challenge ?? 'auto');
else if (payment) {
  // Back from a redirect: the tab goes on with what it left for.
  setBusy(true, 'Charging…');
  await newCashier().resume();
} else {
  // A new visit, a new order.
  await fetch('/order', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"item":"beans"}',
  });
}
