/** What to send where: each line can be copied, a camera can read it all, and there is a way back. */
import { html, nothing, type TemplateResult } from 'lit';
import { until } from 'lit/directives/until.js';
import type { PaymentView, TransferView } from '../view.ts';
import type { CashierPage } from './cashier-page.ts';
import { formatAmount, formatMoment } from './format.ts';
import * as icons from './icons.ts';
import type { PageState } from './page-state.ts';

export function transferScreen(
  state: PageState,
  page: CashierPage,
  payment: PaymentView,
  transfer: TransferView,
): TemplateResult {
  const { words, lang } = state;
  return html`<section class="notice transfer">
    <h1 tabindex="-1">${words.sendTransfer}</h1>
    <p>${words.sendTransferText(formatAmount(payment.amount, payment.currency, lang))}</p>
    ${transfer.code === undefined ? nothing : code(transfer.code, words.scan)}
    <dl class="details">${transfer.lines.map((line) => transferLine(state, page, line))}</dl>
    <p class="deadline">
      ${icons.clock}<span>${words.payBefore(formatMoment(transfer.payBefore, lang))}</span>
    </p>
    <div class="actions">
      <button type="button" class="button plain" @click=${() => void page.cancel()}>
        ${words.otherMethod}
      </button>
    </div>
    <p class="hint">${words.otherMethodNote}</p>
  </section>`;
}

function transferLine(
  { words, copied }: PageState,
  page: CashierPage,
  { label, value, shown = value }: TransferView['lines'][number],
): TemplateResult {
  const name = words.instructions[label] ?? label;
  return html`<div>
    <dt>${name}</dt>
    <dd>
      <span class="value" dir="ltr">${shown}</span>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.copy(name)}
        title=${words.copy(name)}
        @click=${() => void page.copy(label, value, words.copied(name))}
      >
        ${copied === label ? icons.check : icons.copy}
      </button>
    </dd>
  </div>`;
}

/** Drawn once for each text: what `until` is given must stay the same, or it would blink. */
const drawn = new Map<string, Promise<TemplateResult>>();

function code(text: string, title: string): TemplateResult {
  const key = `${title}\n${text}`;
  const picture = drawn.get(key) ?? import('./qr.ts').then(({ qrCode }) => qrCode(text, title));
  drawn.set(key, picture);
  return html`<figure class="code">
    <div class="qr-room">${until(picture)}</div>
    <figcaption>${title}</figcaption>
  </figure>`;
}
