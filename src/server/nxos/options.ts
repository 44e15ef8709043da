/** What an Nxos client is made of, checked before it is used. */
import { isLoopback } from '../../model/safe-url.ts';
import {
  readAccess,
  readHeader,
  readSurroundings,
  refuseMismatch,
  type Surroundings,
} from '../http/client-options.ts';

export interface NxosOptions extends Surroundings {
  /** `nxos_sk_test_…` or `nxos_sk_live_…`; belongs to one organization. Stays in the backend. */
  readonly apiKey: string | undefined;
  /** Default: Nxos's own address for this kind of key. The sandbox's is `http://127.0.0.1:4010/nxos`. */
  readonly baseUrl?: string | undefined;
  /** Acts for another organization, which must have authorized it. */
  readonly onBehalfOf?: string;
}

const CLIENT = 'createNxos';
const LIVE_URL = 'https://api.nxos.io';
const TEST_URL = 'https://api.sandbox.nxos.io';

export function readNxosOptions(given: NxosOptions) {
  const { apiKey, isLiveKey, baseUrl } = readAccess(given, {
    client: CLIENT,
    keyHint: 'Take it from Nxos’s dashboard; the sandbox’s is nxos_sk_test_kassa_a.',
    isLive: (key) => key.startsWith('nxos_sk_live_'),
    liveUrl: LIVE_URL,
    testUrl: TEST_URL,
  });
  const { hostname } = baseUrl;
  refuseMismatch(CLIENT, {
    isLiveKey,
    // A proxy of one's own is taken for what the key says.
    isLiveHost: hostname === new URL(LIVE_URL).hostname || (isLiveKey && !isSandbox(hostname)),
  });
  const onBehalfOf =
    given.onBehalfOf === undefined ? undefined : readHeader(CLIENT, given.onBehalfOf, 'onBehalfOf');
  return { apiKey, baseUrl, onBehalfOf, ...readSurroundings(given) };
}

const isSandbox = (hostname: string): boolean =>
  isLoopback(hostname) || hostname === new URL(TEST_URL).hostname;
