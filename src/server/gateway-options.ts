/** What a gateway client is made of, checked before it is used. */
import { KassaError } from '../model/errors.ts';
import { CASHIER_PATH, type Endpoint, ENDPOINTS, type GatewayOperation, ID_KIND } from './gateway-profile.ts';
import { safeUrl } from '../model/safe-url.ts';
import { urlOf } from './transport.ts';

export interface GatewayOptions {
  /** From the gateway's portal: Settings, Credentials. Stays in the backend. */
  readonly apiKey: string | undefined;
  /** Such as `http://127.0.0.1:4010/gateway`. https, unless the host is this machine. */
  readonly baseUrl: string | undefined;
  /** Checks webhooks; several while one is being replaced, newest first. Same page of the portal as the key. */
  readonly signaturePassword: string | readonly string[] | undefined;
  /** Which kind the key is: the gateway has one address for both, and the key decides. Default `test`. */
  readonly environment?: 'test' | 'live';
  /** Methods and paths, where the gateway's are not the defaults. */
  readonly endpoints?: Partial<Record<GatewayOperation, Endpoint>>;
  /** The hosted page, without token. Default: `cashier` below `baseUrl`. */
  readonly cashierUrl?: string;
  readonly idKind?: Partial<Record<keyof typeof ID_KIND, 'transactionId' | 'trackingId'>>;
  readonly dobFormat?: 'DD/MM/YYYY' | 'MM/DD/YYYY';
  /** Until the whole answer must be there. Default 30 000. */
  readonly timeoutMs?: number;
  /** Allows http to other hosts: for a proxy inside one machine room. */
  readonly allowInsecure?: boolean;
  readonly fetch?: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** 0 to 1; spreads retries. */
  readonly random?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

type OptionsErrorCode = 'missing-option' | 'insecure-url' | 'in-browser' | 'environment-mismatch';

/** A gateway client that cannot work, said at the start rather than at the first payment. */
export class OptionsError extends KassaError<OptionsErrorCode> {}

export function readGatewayOptions(given: GatewayOptions) {
  refuseBrowser();
  const apiKey = required(
    given.apiKey,
    'apiKey',
    'Take it from the gateway’s portal, Settings, Credentials; the sandbox’s is dev_kassa_0001.',
  );
  refuseContradiction(apiKey, given.environment);
  const baseUrl = readUrl(
    required(given.baseUrl, 'baseUrl', 'The sandbox’s is http://127.0.0.1:4010/gateway.'),
    'baseUrl',
    given.allowInsecure ?? false,
  );
  return {
    apiKey,
    baseUrl,
    signaturePassword: required(
      given.signaturePassword,
      'signaturePassword',
      'It stands beside the API key in the gateway’s portal.',
    ),
    cashierUrl:
      given.cashierUrl === undefined
        ? urlOf(baseUrl, CASHIER_PATH).href
        : readUrl(given.cashierUrl, 'cashierUrl', false).href,
    environment: given.environment ?? 'test',
    endpoints: { ...ENDPOINTS, ...given.endpoints },
    idKind: { ...ID_KIND, ...given.idKind },
    dobFormat: given.dobFormat ?? 'DD/MM/YYYY',
    timeoutMs: given.timeoutMs ?? 30_000,
    fetch: given.fetch ?? ((...args: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...args)),
    now: given.now ?? Date.now,
    random: given.random ?? Math.random,
    sleep: given.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))),
  };
}

function required<T extends string | readonly string[]>(value: T | undefined, name: string, hint: string): T {
  if (value !== undefined && value.length > 0) return value;
  throw new OptionsError({
    code: 'missing-option',
    message: `createGateway: ${name} is missing.`,
    hint,
    retryable: false,
  });
}

function readUrl(text: string, name: string, allowInsecure: boolean): URL {
  const plain = allowInsecure && URL.canParse(text) ? new URL(text) : undefined;
  const url = safeUrl(text) ?? (plain?.protocol === 'http:' ? plain : undefined);
  if (url) return url;
  throw new OptionsError({
    code: 'insecure-url',
    message: `createGateway: ${name} must be an absolute https URL.`,
    hint: 'http is taken for this machine only (localhost, 127.0.0.1), because the API key travels with each request.',
    retryable: false,
  });
}

/** The key decides what is test and what is live (the gateway's documents call test keys "DEV" keys). */
function refuseContradiction(apiKey: string, environment: GatewayOptions['environment']): void {
  if (environment !== 'live' || !/^dev[_-]/i.test(apiKey)) return;
  throw new OptionsError({
    code: 'environment-mismatch',
    message: 'createGateway: environment is "live", but the API key is a DEV key.',
    hint: 'Use the live key from the gateway’s portal, or leave environment out for tests.',
    retryable: false,
  });
}

/** A key in a page is a key in everybody's hands. */
function refuseBrowser(): void {
  if ('window' in globalThis && 'document' in globalThis) {
    throw new OptionsError({
      code: 'in-browser',
      message: 'createGateway runs in a backend, never in a page: the API key would be public.',
      hint: 'Move it behind a route of your server; createKassa has one.',
      retryable: false,
    });
  }
}
