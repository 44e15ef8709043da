/** What a gateway client is made of, checked before it is used. */
import { CASHIER_PATH, type Endpoint, ENDPOINTS, type GatewayOperation, ID_KIND } from './profile.ts';
import {
  OptionsError,
  readHeader,
  readSecret,
  readSurroundings,
  readUrl,
  refuseBrowser,
  required,
  type Surroundings,
} from '../http/client-options.ts';
import { requireSecrets } from '../http/secrets.ts';
import { urlOf } from '../http/transport.ts';

export interface GatewayOptions extends Surroundings {
  /** From the gateway's portal: Settings, Credentials. Stays in the backend. */
  readonly apiKey: string | undefined;
  /** Such as `http://127.0.0.1:4010/gateway`. https, unless the host is this machine. */
  readonly baseUrl: string | undefined;
  /**
   * Checks webhooks, and is needed only there; several while one is being replaced, newest first. Same page of the portal
   * as the key.
   */
  readonly signaturePassword?: string | readonly string[] | undefined;
  /** Which kind the key is: the gateway has one address for both, and the key decides. Default `test`. */
  readonly environment?: 'test' | 'live';
  /** Methods and paths, where the gateway's are not the defaults. */
  readonly endpoints?: Partial<Record<GatewayOperation, Endpoint>>;
  /** The hosted page, without token. Default: `cashier` below `baseUrl`. */
  readonly cashierUrl?: string;
  readonly idKind?: Partial<Record<keyof typeof ID_KIND, 'transactionId' | 'trackingId'>>;
  readonly dobFormat?: 'DD/MM/YYYY' | 'MM/DD/YYYY';
  /** In which the gateway writes the dates of its list, such as `Europe/Malta` (IANA). Default `UTC`. */
  readonly timeZone?: string;
}

const CLIENT = 'createGateway';

export function readGatewayOptions(given: GatewayOptions) {
  refuseBrowser(CLIENT);
  const apiKey = readHeader(
    CLIENT,
    required(
      CLIENT,
      given.apiKey,
      'apiKey',
      'Take it from the gateway’s portal, Settings, Credentials; the sandbox’s is dev_kassa_0001.',
    ),
    'apiKey',
  );
  refuseContradiction(apiKey, given.environment);
  const baseUrl = readUrl(
    CLIENT,
    required(CLIENT, given.baseUrl, 'baseUrl', 'The sandbox’s is http://127.0.0.1:4010/gateway.'),
    'baseUrl',
    given.allowInsecure,
  );
  return {
    apiKey,
    baseUrl,
    signaturePassword: passwordOf(given),
    cashierUrl:
      given.cashierUrl === undefined
        ? urlOf(baseUrl, CASHIER_PATH).href
        : readUrl(CLIENT, given.cashierUrl, 'cashierUrl').href,
    environment: given.environment ?? 'test',
    endpoints: { ...ENDPOINTS, ...given.endpoints },
    idKind: { ...ID_KIND, ...given.idKind },
    dobFormat: given.dobFormat ?? 'DD/MM/YYYY',
    timeZone: timeZoneOf(given),
    ...readSurroundings(given),
  };
}

/**
 * Asked for where a webhook is checked: a client that only mints has no use for one. An option that is there and empty
 * is a variable of the environment that nobody set, and is said at once.
 */
function passwordOf(given: GatewayOptions): () => readonly string[] {
  const read = (): readonly string[] =>
    readSecret(
      CLIENT,
      requireSecrets(
        CLIENT,
        given.signaturePassword,
        'signaturePassword',
        'Webhooks are checked with it. It stands beside the API key in the gateway’s portal.',
      ),
      'signaturePassword',
    );
  if ('signaturePassword' in given) read();
  return read;
}

function timeZoneOf({ timeZone }: GatewayOptions): string {
  if (timeZone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new OptionsError({
      code: 'invalid-option',
      message: `createGateway: timeZone is ${JSON.stringify(timeZone)}, which is no time zone.`,
      hint: 'Write its IANA name, such as "Europe/Malta" or "UTC".',
      retryable: false,
    });
  }
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
