/** The forms: what the gateway says of itself, and what is to go wrong. */
import { html, type TemplateResult } from 'lit';
import type { SandboxState } from '../../parts.ts';

/** Which page of each list is shown, from 0. */
export interface ListPages {
  readonly transactions: number;
  readonly deliveries: number;
}

/** What the page can do; each runs and then looks again. */
export interface Levers {
  readonly advance: (ms: number) => void;
  readonly reset: () => void;
  readonly resend: (deliveryId: string) => void;
  readonly arm: (match: string, fault: string) => void;
  readonly configure: (patch: object) => void;
  /** A transfer from outside into Nixo's operating account. */
  readonly receive: (amount: string, currency: string) => void;
  /** Shows another page of a list. */
  readonly turn: (list: keyof ListPages, page: number) => void;
  readonly decide: (decision: 'approve' | 'reject', transactionId: string) => void;
}

const OPERATIONS = ['cashier', 'direct', 's2s', 'withdrawal', 'transactions'];
const FAULTS = [
  ['500', 'HTTP 500, as HTML'],
  ['502', 'HTTP 502, as HTML'],
  ['timeout', 'no answer'],
  ['reset', 'the connection is cut'],
  ['half', 'half an answer'],
  ['1025', 'code 1025, try again later'],
] as const;

export function settingsForm({ config, store }: SandboxState, levers: Levers): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    levers.configure({
      webhookUrl: textOf(form, 'webhookUrl') || null,
      blockedIps: textOf(form, 'blockedIps')
        .split(/[\s,]+/)
        .filter(Boolean),
      webhookDown: form.has('webhookDown'),
      maintenance: form.has('maintenance'),
      directAnswers: form.has('directUrl') ? 'url' : 'token',
      approvedPayoutsFail: form.has('approvedPayoutsFail'),
    });
  };
  return html`<form @submit=${submit}>
    <label
      >Webhook URL<input name="webhookUrl" .value=${config.webhookUrl ?? ''} placeholder="nobody is told"
    /></label>
    <label
      >Blocked addresses<input
        name="blockedIps"
        .value=${config.blockedIps.join(', ')}
        placeholder="10.0.0.0/8"
    /></label>
    <label class="check"
      ><input type="checkbox" name="webhookDown" .checked=${config.webhookDown} />Webhook URL is reported as
      down (1229)</label
    >
    <label class="check"
      ><input type="checkbox" name="maintenance" .checked=${config.maintenance} />Hosted pages are under
      maintenance</label
    >
    <label class="check"
      ><input type="checkbox" name="directUrl" .checked=${config.directAnswers === 'url'} />Direct orders are
      answered with a page instead of a token</label
    >
    <label class="check"
      ><input type="checkbox" name="approvedPayoutsFail" .checked=${config.approvedPayoutsFail} />Withdrawals
      that are approved fail at the bank</label
    >
    <button class="button">Save</button>
    <p class="quiet">Data: ${STORES[store] ?? store}</p>
  </form>`;
}

const STORES: Readonly<Record<string, string>> = {
  memory: 'in memory, gone when the sandbox stops',
  folder: 'in a folder (KASSA_DATA_DIR)',
  postgres: 'in PostgreSQL (DATABASE_URL)',
};

export function faultsForm(state: SandboxState, levers: Levers): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    levers.arm(`/api/v1/${textOf(form, 'operation')}`, textOf(form, 'fault'));
  };
  return html`<form @submit=${submit}>
    <label
      >The next request to<select name="operation">
        ${OPERATIONS.map((name) => html`<option>${name}</option>`)}
      </select></label
    >
    <label
      >meets<select name="fault">
        ${FAULTS.map(([fault, words]) => html`<option value=${fault}>${words}</option>`)}
      </select></label
    >
    <button class="button">Arm</button>
    ${state.faults.map(({ match, fault, times }) => html`<p class="quiet">Armed: ${fault} on ${match}, ${times}×</p>`)}
    <p class="quiet">For one request of your own: the header <code>x-sandbox-fault</code>.</p>
  </form>`;
}

export function incomingForm(levers: Levers): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    levers.receive(textOf(form, 'amount'), textOf(form, 'currency'));
  };
  return html`<form @submit=${submit}>
    <label>Into Nixo’s operating account<input name="amount" value="100.00" inputmode="decimal" /></label>
    <label>Currency<input name="currency" value="USD" /></label>
    <button class="button">Receive</button>
  </form>`;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
