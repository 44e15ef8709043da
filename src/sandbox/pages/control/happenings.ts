/** What happened: transactions with their life, and what the shop was told of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SandboxState, TransactionState } from '../../parts.ts';
import { formatAmount } from '../cashier/format.ts';
import type { DeliveryView } from './client.ts';
import type { Levers } from './levers.ts';

export function transactionTable(state: SandboxState, levers: Levers): TemplateResult {
  if (state.transactions.length === 0) return empty('Nothing was paid yet. Open the shop and press "Pay".');
  return html`<div class="scroll">
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
        ${[...state.transactions].reverse().map((row) => transactionRow(row, levers))}
      </tbody>
    </table>
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
    <td class="number">${formatAmount(row.amount, row.currency, 'en')}</td>
    <td>${row.type}</td>
    <td>${row.provider}${row.card === null ? nothing : html` <code>${row.card}</code>`}</td>
    <td><code>${row.trackingId}</code><br /><code>${row.id}</code></td>
    <td class="number">${row.updatedAt.slice(11, 19)}</td>
  </tr>`;
}

export function deliveryList(
  deliveries: readonly DeliveryView[],
  state: SandboxState,
  levers: Levers,
): TemplateResult {
  if (state.config.webhookUrl === null) return empty('No webhook URL is set, so nobody is told.');
  if (deliveries.length === 0) return empty(`Nothing was sent to ${state.config.webhookUrl} yet.`);
  return html`${repeat(
    deliveries,
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
  )}`;
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
