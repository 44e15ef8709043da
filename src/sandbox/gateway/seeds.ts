/** What the gateway of the sandbox has from the start. All of it is for tests, none of it is secret. */
import type { ProviderKind } from '../pages/view.ts';

export const SIGNATURE_PASSWORD = 'spg_test_kassa_0001';
export const API_KEY = 'dev_kassa_0001';

export interface ApiKey {
  readonly key: string;
  readonly note: string;
  readonly expired: boolean;
}

/** DEV keys: the real gateway makes them in its portal under Settings, Credentials. */
export const API_KEYS: readonly ApiKey[] = [
  { key: API_KEY, note: 'works', expired: false },
  { key: 'dev_kassa_expired', note: 'has expired (1028)', expired: true },
];

/** How the simulator behind a provider treats every payment; a card decides for itself. */
export type ProviderBehaviour = 'by-card' | 'pays' | 'rejects' | 'slow' | 'waits-for-transfer';

export interface Provider {
  readonly id: string;
  /** Machine name, as in webhooks and lists. */
  readonly name: string;
  readonly label: string;
  readonly kind: ProviderKind;
  readonly direction: 'in' | 'out';
  readonly behaviour: ProviderBehaviour;
}

export const PROVIDERS: readonly Provider[] = [
  { id: '210', name: 'card_simulator', label: 'Card', kind: 'card', direction: 'in', behaviour: 'by-card' },
  {
    id: '220',
    name: 'wallet_simulator',
    label: 'Wallet',
    kind: 'wallet',
    direction: 'in',
    behaviour: 'pays',
  },
  {
    id: '230',
    name: 'declining_simulator',
    label: 'Wallet that declines',
    kind: 'wallet',
    direction: 'in',
    behaviour: 'rejects',
  },
  {
    id: '240',
    name: 'slow_simulator',
    label: 'Slow wallet',
    kind: 'wallet',
    direction: 'in',
    behaviour: 'slow',
  },
  {
    id: '250',
    name: 'bank_transfer_simulator',
    label: 'Bank transfer',
    kind: 'bank_transfer',
    direction: 'in',
    behaviour: 'waits-for-transfer',
  },
  {
    id: '260',
    name: 'crypto_simulator',
    label: 'Crypto',
    kind: 'crypto',
    direction: 'in',
    behaviour: 'waits-for-transfer',
  },
  {
    id: '270',
    name: 'usdc_simulator',
    label: 'USDC (Ethereum)',
    kind: 'crypto',
    direction: 'in',
    behaviour: 'waits-for-transfer',
  },
  {
    id: '310',
    name: 'payout_simulator',
    label: 'Bank account',
    kind: 'bank_transfer',
    direction: 'out',
    behaviour: 'pays',
  },
];

export const findProvider = (id: string): Provider | undefined =>
  PROVIDERS.find((provider) => provider.id === id);
