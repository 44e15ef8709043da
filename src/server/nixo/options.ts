/** What a Nixo client is made of, checked before it is used. */
import { NIXO_VERSION } from '../../wire/nixo/objects.ts';
import {
  readAccess,
  readHeader,
  readSurroundings,
  refuseMismatch,
  type Surroundings,
} from '../http/client-options.ts';

export interface NixoOptions extends Surroundings {
  /** `sk_sandbox_…` or `sk_live_…`. Stays in the backend. */
  readonly apiKey: string | undefined;
  /** Default: Nixo's own address for this kind of key. The sandbox's is `http://127.0.0.1:4010/nixo`. */
  readonly baseUrl?: string | undefined;
  /** The `Nixo-Version` of each request. Default 2025-01-01. */
  readonly version?: string;
}

const CLIENT = 'createNixo';
const LIVE_URL = 'https://api.nixo.top';
const TEST_URL = 'https://api.sandbox.nixo.top';

export function readNixoOptions(given: NixoOptions) {
  const { apiKey, isLiveKey, baseUrl } = readAccess(given, {
    client: CLIENT,
    keyHint: 'Take it from Nixo’s dashboard; the sandbox’s is sk_sandbox_kassa_0001.',
    // Only the form of a sandbox key is documented.
    isLive: (key) => !key.startsWith('sk_sandbox_'),
    liveUrl: LIVE_URL,
    testUrl: TEST_URL,
  });
  const isLiveHost = baseUrl.hostname === new URL(LIVE_URL).hostname;
  const isTestHost = baseUrl.hostname === new URL(TEST_URL).hostname;
  if (isLiveHost || isTestHost) refuseMismatch(CLIENT, { isLiveKey, isLiveHost });
  const version = readHeader(CLIENT, given.version ?? NIXO_VERSION, 'version');
  return { apiKey, baseUrl, version, ...readSurroundings(given) };
}
