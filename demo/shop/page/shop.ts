/** The demo shop's page. What concerns the cashier is in `openCashier`; the rest is shop. */
import type { KassaCashier, Outcome } from 'kassa';
import { EVENTS, fieldsOf, find, logInto } from '../../event-log.ts';

interface Item {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly price: string;
  readonly currency: string;
  readonly free?: boolean;
}

const logEvent = (event: Event): void => logInto(find('events'), event.type, fieldsOf(event));
const pay = find('pay');
const thanks = find('thanks');
const items = (await (await fetch('/items')).json()) as readonly [Item, ...Item[]];
let [chosen] = items;

function price({ price: amount, currency }: Item): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount));
}

function showItems(): void {
  find('items').replaceChildren(
    ...items.map((item) => {
      const row = document.createElement('li');
      const label = document.createElement('label');
      const radio = Object.assign(document.createElement('input'), {
        type: 'radio',
        name: 'item',
        value: item.id,
        checked: item.id === chosen.id,
      });
      radio.addEventListener('change', () => change(item));
      const name = Object.assign(document.createElement('strong'), { textContent: item.name });
      const detail = Object.assign(document.createElement('span'), { textContent: item.detail });
      const cost = Object.assign(document.createElement('b'), { textContent: price(item) });
      label.append(radio, name, detail, cost);
      row.append(label);
      return row;
    }),
  );
}

/** Another item is another order: what was typed for this one would be lost, and what is being paid cannot be left. */
function change(item: Item): void {
  const cashier = document.querySelector<KassaCashier>('kassa-cashier');
  const isOpen = cashier !== null && cashier.outcome === undefined;
  const moves = cashier?.state === 'busy' || cashier?.state === 'challenge';
  if (isOpen && (moves || !window.confirm('Leave this payment and choose another item?'))) showItems();
  else choose(item);
}

function choose(item: Item): void {
  chosen = item;
  find('order-name').textContent = item.name;
  find('cashier').replaceChildren();
  sessionStorage.removeItem(UNDER_WAY);
  thanks.textContent = '';
  showOrder(true);
  pay.textContent = item.free ? 'Choose how much' : `Pay ${price(item)}`;
}

/** The cashier says itself what is paid; once is enough. */
function showOrder(isShown: boolean): void {
  find('order-name').hidden = !isShown;
  pay.hidden = !isShown;
}

/** The item of the order that this tab has open, so that a reload follows it and begins no other. */
const UNDER_WAY = 'fika-order';

async function openCashier(isNew = true): Promise<void> {
  showOrder(false);
  thanks.textContent = '';
  if (isNew) {
    await fetch('/order', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ item: chosen.id }),
    });
  }
  sessionStorage.setItem(UNDER_WAY, chosen.id);
  const cashier = document.createElement('kassa-cashier');
  cashier.setAttribute('session-url', '/kassa/session');
  cashier.setAttribute('theme', theme());
  for (const name of EVENTS) cashier.addEventListener(name, logEvent);
  cashier.addEventListener('kassa-status', () => {
    thanks.textContent = '';
  });
  let hasForm = false;
  cashier.addEventListener('kassa-ready', () => {
    hasForm = true;
  });
  cashier.addEventListener('kassa-outcome', ({ outcome }) => {
    if (outcome.kind === 'succeeded') sessionStorage.removeItem(UNDER_WAY);
    // A payment that was only followed, after a reload, has left no form to try again in.
    if (outcome.kind === 'failed' && !hasForm) choose(chosen);
    thanks.textContent = endOf(outcome);
  });
  cashier.addEventListener('kassa-closed', () => choose(chosen));
  find('cashier').replaceChildren(cashier);
}

function endOf({ kind, verified, reason }: Outcome): string {
  if (kind === 'succeeded' && verified)
    return 'Paid, and confirmed by the backend. Your parcel is on its way.';
  if (kind === 'failed')
    return `The payment did not go through${reason ? `: ${reason}` : ''}. You can try again.`;
  return `This order ended as "${kind}".`;
}

const theme = (): string => document.querySelector<HTMLInputElement>('[name=theme]:checked')?.value ?? 'auto';

function applyTheme(): void {
  document.documentElement.style.colorScheme = theme() === 'auto' ? 'light dark' : theme();
  document.querySelector<KassaCashier>('kassa-cashier')?.setAttribute('theme', theme());
}

for (const radio of document.querySelectorAll('[name=theme]')) radio.addEventListener('change', applyTheme);
// Before the cashier is closed by what is chosen first.
const underWay = items.find(({ id }) => id === sessionStorage.getItem(UNDER_WAY));
pay.addEventListener('click', () => void openCashier());
new EventSource('/verified').addEventListener('webhook', ({ data }: MessageEvent<string>) => {
  logInto(find('webhooks'), 'webhook', JSON.parse(data) as object);
});
if (underWay) {
  chosen = underWay;
  showItems();
  choose(underWay);
  await openCashier(false);
} else {
  showItems();
  choose(chosen);
}
