/** What happened: transactions with their life, and what the shop was told of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SandboxState, TransactionState } from '../../parts.ts';
import { formatAmount } from '../cashier/format.ts';
import type { DeliveryView } from './client.ts';
import type { Levers } from './levers.ts';
import { pageOf, pager } from './pager.ts';

export function transactionTable(state: SandboxState, page: number, levers: Levers): TemplateResult {
  const newest = [...state.transactions].reverse();
  if (state.transactions.length === 0) return empty('Nothing was paid yet. Open the shop and press "Pay".');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Transactions">
    <table>
      <thead>
        <tr>
          <th>Status</th>
          <th>Amount</th>
          <th>Type</th>
          <th>With</th>
          <th>Tracking id, gateway id</th>
          <th>Changed</th>
        </tr>
      </thead>
      <tbody>
        ${pageOf(newest, page).map((row) => transactionRow(row, levers))}
      </tbody>
    </table>
    ${pager('transactions', newest.length, page, (to) => levers.turn('transactions', to))}
  </div>`;
}

function transactionRow(row: TransactionState, levers: Levers): TemplateResult {
  const waits =
    row.status === 'pending' && row.waitsFor !== 'settlement' ? `waits for its ${row.waitsFor}` : '';
  return html`<tr>
    <td>
      <span class="state ${row.status}">${row.status}</span> ${row.reason ?? waits}
      ${
        row.waitsFor === 'decision'
          ? html`<span class="decide">
              <button type="button" @click=${() => levers.decide('approve', row.id)}>Approve</button>
              <button type="button" @click=${() => levers.decide('reject', row.id)}>Reject</button>
            </span>`
          : nothing
      }
    </td>
    <td data-label="Amount" class="number">${formatAmount(row.amount, row.currency, 'en')}</td>
    <td data-label="Type">${row.type}</td>
    <td data-label="With">${row.provider}${row.card === null ? nothing : html` <code>${row.card}</code>`}</td>
    <td data-label="Ids"><code>${row.trackingId}</code><br /><code>${row.id}</code></td>
    <td data-label="Changed" class="number">${row.updatedAt.slice(11, 19)}</td>
  </tr>`;
}

export function deliveryList(
  deliveries: readonly DeliveryView[],
  state: SandboxState,
  page: number,
  levers: Levers,
): TemplateResult {
  if (state.config.webhookUrl === null) return empty('No webhook URL is set, so nobody is told.');
  if (deliveries.length === 0) return empty(`Nothing was sent to ${state.config.webhookUrl} yet.`);
  return html`${repeat(
    pageOf(deliveries, page),
    ({ id }) => id,
    ({ id, subject, body, url, state: standing, attempts, history, dueAt, headers }) =>
      html`<div class="delivery">
        <details>
          <summary>
            <span class="state ${standing}">${standing}</span>
            <code>${subject}</code>
            <span>${newsOf(body)}</span>
            <span class="quiet">
              ${attempts}
              ${attempts === 1 ? 'attempt' : 'attempts'}${
                standing === 'queued' && dueAt !== null ? `, next at ${timeOf(dueAt)}` : ''
              }
            </span>
          </summary>
          <p class="quiet">POST ${url}</p>
          <pre>${Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`)}${body}</pre>
          <ol>
            ${history.map(
              ({ at, status, answer }) =>
                html`<li>
                  <span class="number">${timeOf(at)}</span>
                  ${status === 0 ? answer : html`HTTP ${status} <span class="quiet">${answer}</span>`}
                </li>`,
            )}
          </ol>
        </details>
        <button type="button" @click=${() => levers.resend(id)}>Send again</button>
      </div>`,
  )}
  ${pager('deliveries', deliveries.length, page, (to) => levers.turn('deliveries', to))}`;
}

const empty = (words: string): TemplateResult => html`<p class="empty">${words}</p>`;
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** The gateway tells a status; Nixo and Nxos tell an event. */
function newsOf(body: string): string {
  try {
    const { status, type } = JSON.parse(body) as { status?: unknown; type?: unknown };
    const news = status ?? type;
    return typeof news === 'string' ? news : '';
  } catch {
    return '';
  }
}
