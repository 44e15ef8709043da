/** The demo shop's page. What concerns the cashier is in `openCashier`; the rest is shop. */
import type { KassaCashier } from 'kassa';
import { EVENTS, fieldsOf, find, logInto } from '../../event-log.ts';

interface Item {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly price: string;
  readonly currency: string;
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
      radio.addEventListener('change', () => choose(item));
      const name = Object.assign(document.createElement('strong'), { textContent: item.name });
      const detail = Object.assign(document.createElement('span'), { textContent: item.detail });
      const cost = Object.assign(document.createElement('b'), { textContent: price(item) });
      label.append(radio, name, detail, cost);
      row.append(label);
      return row;
    }),
  );
}

function choose(item: Item): void {
  chosen = item;
  find('order-name').textContent = item.name;
  find('order-price').textContent = price(item);
  find('cashier').replaceChildren();
  thanks.textContent = '';
  pay.hidden = false;
  pay.textContent = `Pay ${price(item)}`;
}

async function openCashier(): Promise<void> {
  pay.hidden = true;
  thanks.textContent = '';
  await fetch('/order', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ item: chosen.id }),
  });
  const cashier = document.createElement('kassa-cashier');
  cashier.setAttribute('session-url', '/kassa/session');
  cashier.setAttribute('theme', theme());
  for (const name of EVENTS) cashier.addEventListener(name, logEvent);
  cashier.addEventListener('kassa-outcome', ({ outcome }) => {
    thanks.textContent =
      outcome.kind === 'succeeded' && outcome.verified
        ? 'Paid, and confirmed by the backend. Your parcel is on its way.'
        : `This order ended as "${outcome.kind}".`;
  });
  cashier.addEventListener('kassa-closed', () => choose(chosen));
  find('cashier').replaceChildren(cashier);
}

const theme = (): string => document.querySelector<HTMLInputElement>('[name=theme]:checked')?.value ?? 'auto';

function applyTheme(): void {
  document.documentElement.style.colorScheme = theme() === 'auto' ? 'light dark' : theme();
  document.querySelector<KassaCashier>('kassa-cashier')?.setAttribute('theme', theme());
}

for (const radio of document.querySelectorAll('[name=theme]')) radio.addEventListener('change', applyTheme);
pay.addEventListener('click', () => void openCashier());
new EventSource('/verified').addEventListener('webhook', ({ data }: MessageEvent<string>) => {
  logInto(find('webhooks'), 'webhook', JSON.parse(data) as object);
});
showItems();
choose(chosen);
