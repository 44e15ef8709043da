/** The sandbox that runs in another terminal, by what it answers over HTTP. */
import { Option } from './commander.ts';
import { type CommandError, failed } from './errors.ts';
import { readUrl } from './values.ts';

export const sandboxOption = () =>
  new Option('--sandbox <url>', 'where the sandbox is')
    .env('KASSA_SANDBOX_URL')
    .default('http://127.0.0.1:4010')
    .argParser((text) => readUrl(text).replace(/\/+$/, ''));

const WITHIN_MS = 10_000;

export interface DeliveryAttempt {
  readonly status: number;
  readonly answer: string;
}

/** As the sandbox lists it. */
export interface ListedDelivery {
  readonly subject: string;
  readonly url: string;
  readonly body: string;
  readonly history: readonly DeliveryAttempt[];
}

interface State {
  readonly config?: Settings;
  readonly transactions: readonly { readonly id: string; readonly trackingId: string }[];
}

interface Settings {
  readonly webhookUrl: string | null;
  readonly nixoWebhookUrl: string | null;
}

export interface SandboxClient {
  readonly settings: () => Promise<Settings>;
  readonly configure: (settings: Partial<Settings>) => Promise<void>;
  /** The gateway's id of the order's transaction. */
  readonly transactionOf: (trackingId: string) => Promise<string>;
  readonly deliveries: () => Promise<readonly ListedDelivery[]>;
  /** What the hosted page does for a shopper who has typed this. */
  readonly pay: (token: string, payment: object) => Promise<void>;
}

/** @param address without a slash at its end */
export function createSandboxClient(address: string): SandboxClient {
  const ask = async <T>(path: string, body?: object, headers: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(address + path, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    const json: unknown = await response?.json().catch(() => undefined);
    if (response === undefined || json === undefined) throw noSandbox(address);
    if (response.ok) return json as T;
    throw failed(
      'refused',
      `The sandbox refused ${path} with ${response.status}: ${JSON.stringify(json)}`,
      '',
    );
  };
  return {
    settings: async () => {
      const { config } = await ask<Partial<State>>('/_sandbox/state');
      if (config === undefined) throw noSandbox(address);
      return config;
    },
    configure: async (settings) => {
      await ask('/_sandbox/config', settings);
    },
    transactionOf: async (trackingId) => {
      const { transactions } = await ask<State>('/_sandbox/state');
      return transactions.find((it) => it.trackingId === trackingId)?.id ?? '';
    },
    deliveries: () => ask('/_sandbox/deliveries'),
    pay: async (token, payment) => {
      await ask('/gateway/cashier/pay', payment, { authorization: `Bearer ${token}` });
    },
  };
}

const noSandbox = (address: string): CommandError =>
  failed(
    'no-sandbox',
    `No sandbox of Kassa answers at ${address}.`,
    'Start one in another terminal: npx kassa sandbox. If it has another address, say it: --sandbox http://127.0.0.1:4020',
  );
