/** The control page: what happened, what is due, and the levers. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SandboxState } from '../../parts.ts';
import type { Snapshot } from './client.ts';
import { deliveryList, transactionTable } from './happenings.ts';
import { faultsForm, incomingForm, type Levers, type ListPages, settingsForm } from './levers.ts';

const MINUTE_MS = 60_000;
export function pageTemplate(
  snapshot: Snapshot | undefined,
  problem: string,
  pages: ListPages,
  levers: Levers,
): TemplateResult {
  return html`<header class="top">
      <h1>Kassa sandbox</h1>
      ${snapshot ? clock(snapshot.state, levers) : nothing}
    </header>
    ${problem === '' ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
    ${snapshot ? sections(snapshot, pages, levers) : html`<p class="empty"><span class="spinner"></span></p>`}`;
}

function sections({ state, deliveries }: Snapshot, pages: ListPages, levers: Levers): TemplateResult {
  return html`<div class="grid">
    <section>
      <h2>Settings</h2>
      ${settingsForm(state, levers)}
    </section>
    <section>
      <h2>Faults</h2>
      ${faultsForm(state, levers)}
    </section>
    <section>
      <h2>Incoming transfer</h2>
      ${incomingForm(levers)}
    </section>
    <section>
      <h2>Providers</h2>
      ${providers(state, levers)}
    </section>
    <section>
      <h2>Keys</h2>
      ${keys(state, levers)}
    </section>
    <section class="wide">
      <h2>Transactions <small>${state.transactions.length}</small></h2>
      ${transactionTable(state, pages.transactions, levers)}
    </section>
    <section class="wide">
      <h2>
        Webhook deliveries
        <small
          >${state.deliveries.queued} due, ${state.deliveries.delivered} delivered, ${state.deliveries.dead}
          given up</small
        >
      </h2>
      ${deliveryList(deliveries, state, pages.deliveries, levers)}
    </section>
    <section class="wide cards">
      <h2>Test cards</h2>
      ${cards(state)}
    </section>
  </div>`;
}

function clock(state: SandboxState, levers: Levers): TemplateResult {
  return html`<div class="clock">
    <time datetime=${state.now}>${state.now.slice(0, 19).replace('T', ' ')} UTC</time>
    <button type="button" @click=${() => levers.advance(MINUTE_MS)}>+1 min</button>
    <button type="button" @click=${() => levers.advance(5 * MINUTE_MS)}>+5 min</button>
    <button type="button" @click=${() => levers.advance(75 * MINUTE_MS)}>+75 min</button>
    <button type="button" class="danger" @click=${levers.reset}>Reset</button>
  </div>`;
}

function keys(state: SandboxState, levers: Levers): TemplateResult {
  const { apiKeys } = state.config;
  const set = (key: string, expired: boolean): void =>
    levers.configure({ apiKeys: [...apiKeys.filter((known) => known.key !== key), { key, expired }] });
  const make = (): void => set(`dev_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`, false);
  return html`<dl>
      ${state.keys.map(
        ({ system, key, note, expired }) =>
          html`<div>
            <dt><code>${key}</code></dt>
            <dd>
              ${system}, ${note}
              ${
                expired === undefined
                  ? nothing
                  : html`<button type="button" @click=${() => set(key, !expired)}>
                      ${expired ? 'Renew' : 'Expire'}
                    </button>`
              }
            </dd>
          </div>`,
      )}
    </dl>
    <p><button type="button" @click=${make}>Make a DEV key</button></p>`;
}

function providers({ providers: all, config }: SandboxState, levers: Levers): TemplateResult {
  const { disabledProviders } = config;
  const toggle = (id: string, enabled: boolean): void =>
    levers.configure({
      disabledProviders: enabled
        ? disabledProviders.filter((known) => known !== id)
        : [...disabledProviders, id],
    });
  return html`<form>
    ${all.map(
      ({ id, label, enabled }) =>
        html`<label class="check">
          <input
            type="checkbox"
            .checked=${live(enabled)}
            @change=${({ target }: Event) => toggle(id, (target as HTMLInputElement).checked)}
          />
          <span><code>${id}</code> ${label}</span>
        </label>`,
    )}
  </form>`;
}

function cards(state: SandboxState): TemplateResult {
  return html`<dl>
      ${state.cards.map(
        ({ number, effect }) =>
          html`<div>
            <dt><code>${number.replace(/(.{4})(?=.)/g, '$1 ')}</code></dt>
            <dd>${effect}</dd>
          </div>`,
      )}
    </dl>
    <p class="quiet">
      Any other number that passes its check digit pays. Any date to come, any code. 3-D Secure takes 1234.
    </p>
    <h3>References of Nixo’s payouts, notes of Nxos’s</h3>
    <dl>
      ${state.references.map(
        ({ reference, effect }) =>
          html`<div>
            <dt><code>${reference}</code></dt>
            <dd>${effect}</dd>
          </div>`,
      )}
    </dl>`;
}
