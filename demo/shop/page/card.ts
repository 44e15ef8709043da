/** A card form of the shop's own: the card goes to the shop's backend, the gateway's answer to the element. */
import type { KassaCashier } from 'kassa';
import { find } from '../../event-log.ts';

type Payment = NonNullable<KassaCashier['payment']>;

const form = find('card') as HTMLFormElement;

function newCashier(): KassaCashier {
  const cashier = document.createElement('kassa-cashier');
  cashier.display = 'modal';
  cashier.addEventListener('kassa-outcome', ({ outcome: { kind, verified, reason } }) => {
    const why = reason === undefined ? '' : ` (${reason})`;
    find('result').textContent =
      `This order ended as "${kind}"${why}, ${verified ? '' : 'not '}verified by the backend.`;
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
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void charge(Object.fromEntries(new FormData(form)) as Record<string, string>);
});

async function charge({ challenge, ...card }: Record<string, string>): Promise<void> {
  find('result').textContent = 'Asking the gateway…';
  await ordered;
  const response = await fetch('/charge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(card),
  });
  const answer = (await response.json()) as Payment & { readonly message?: string };
  if (!response.ok) {
    find('result').textContent = answer.message ?? 'The card could not be charged.';
    return;
  }
  const cashier = newCashier();
  cashier.challenge = (challenge ?? 'auto') as KassaCashier['challenge'];
  cashier.payment = answer;
}

// Back from a redirect: the tab goes on with what it left for.
await customElements.whenDefined('kassa-cashier');
await newCashier().resume();
