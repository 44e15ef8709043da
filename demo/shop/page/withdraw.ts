/** A withdrawal from both sides: the shopper's cashier, and the back office that approves it and watches it arrive. */
import { find } from '../../event-log.ts';
import type { Holding, Step, Withdrawal } from '../withdrawals.ts';

const ASK_EVERY_MS = 700;

const TITLES: Readonly<Record<Step, string>> = {
  requested: 'Requested',
  rejected: 'Rejected',
  approved: 'Approved',
  paying: 'Being paid out',
  delivered: 'Delivered',
  failed: 'Failed',
};

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent: text });

const amount = (text: string, asset: string): string =>
  `${new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(Number(text))} ${asset}`;

function showStory(withdrawal: Withdrawal | null): void {
  if (!withdrawal) return;
  const { steps } = withdrawal;
  find('office').textContent = `Ada Lovelace asks for ${amount(withdrawal.amount, withdrawal.currency)}.`;
  find('steps').replaceChildren(
    ...steps.map(({ step, note }) => {
      const row = element('li', '');
      row.className = step;
      row.append(element('strong', TITLES[step]), element('span', note));
      return row;
    }),
  );
  find('decision').hidden = steps.at(-1)?.step !== 'requested';
}

function showTreasury(holdings: readonly Holding[]): void {
  find('treasury').replaceChildren(
    ...holdings.map(({ place, asset, amount: held }) => {
      const row = element('tr', '');
      row.append(element('td', place), element('td', asset), element('td', amount(held, '').trim()));
      return row;
    }),
  );
}

async function ask(): Promise<void> {
  const [story, treasury] = await Promise.all([fetch('/withdrawal'), fetch('/treasury')]);
  if (story.ok) showStory((await story.json()) as Withdrawal | null);
  if (treasury.ok) showTreasury((await treasury.json()) as readonly Holding[]);
}

for (const decision of ['approve', 'reject'] as const) {
  find(decision).addEventListener('click', () => {
    find('decision').hidden = true;
    void fetch(`/withdrawal/${decision}`, { method: 'POST' }).then(ask);
  });
}

// A new order, and a tag for it.
await fetch('/order', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"item":"beans"}',
});
const cashier = document.createElement('kassa-cashier');
cashier.sessionUrl = '/kassa/session';
cashier.flow = 'withdrawal';
find('cashier').replaceChildren(cashier);
for (;;) {
  await ask().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
}
