/**
 * What the shopper sends where, by bank or by chain, and the text of its QR code: EPC069-12 (SEPA credit transfer, the
 * European Payments Council), BIP-21 (Bitcoin) and EIP-681 (Ethereum). Nothing here is a real account or address.
 */
import { formatDecimal, formatMoney, minorDigits } from '../../model/money.ts';
import type { TransferView } from '../pages/view.ts';
import type { Transaction } from '../store/schema.ts';
import { findProvider } from './seeds.ts';

const PAYEE = 'Sandbox Payments Ltd';
/** The IBAN and the BIC of the standards' own examples. */
const IBAN = 'DE89370400440532013000';
const BIC = 'COBADEFFXXX';

const DAY_MS = 86_400_000;
const BANK_DEADLINE_MS = 3 * DAY_MS;
/** A coin's rate holds for no longer. */
const COIN_DEADLINE_MS = 1_800_000;

interface Coin {
  readonly network: string;
  readonly code: string;
  /** Of its smallest unit, after the point. */
  readonly digits: number;
  /** What one costs in the sandbox, in whole units of any currency. */
  readonly price: bigint;
  readonly addressFor: (id: string) => string;
  /** What a wallet's camera reads. `units` is the amount in the smallest unit, `coins` the same with a point. */
  readonly uri: (to: { readonly address: string; readonly units: bigint; readonly coins: string }) => string;
}

const SEPOLIA = 11_155_111;
/** Circle's USDC on the test network; a transfer of a token names the token, and the payee among its arguments. */
const USDC_CONTRACT = '0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238';

const BITCOIN: Coin = {
  network: 'Bitcoin, sandbox testnet',
  code: 'BTC',
  digits: 8,
  price: 50_000n,
  addressFor: (id) => `sandbox1q${id}`,
  uri: ({ address, coins }) => `bitcoin:${address}?amount=${coins}&label=${encodeURIComponent(PAYEE)}`,
};

/** By provider. */
const COINS: Readonly<Record<string, Coin>> = {
  260: BITCOIN,
  270: {
    network: 'Ethereum, Sepolia testnet',
    code: 'USDC',
    digits: 6,
    price: 1n,
    addressFor: (id) => `0x${Buffer.from(id).toString('hex').padStart(40, '0').slice(-40)}`,
    uri: ({ address, units }) =>
      `ethereum:${USDC_CONTRACT}@${SEPOLIA}/transfer?address=${address}&uint256=${units}`,
  },
};

type Sent = Pick<Transaction, 'id' | 'amount' | 'currency' | 'createdAt'>;

export function transferFor(
  transaction: Sent & Pick<Transaction, 'providerId' | 'type' | 'status'>,
): TransferView | undefined {
  const { type, status, providerId } = transaction;
  if (type === 'withdrawal' || status !== 'pending') return undefined;
  switch (findProvider(providerId)?.kind) {
    case 'bank_transfer':
      return bankTransfer(transaction);
    case 'crypto':
      return coinTransfer(transaction, COINS[providerId] ?? BITCOIN);
    default:
      return undefined;
  }
}

function bankTransfer({ id, amount, currency, createdAt }: Sent): TransferView {
  const reference = id.toUpperCase();
  const money = formatMoney({ minor: amount, currency });
  return {
    lines: [
      { label: 'Payee', value: PAYEE },
      { label: 'IBAN', value: IBAN, shown: IBAN.replace(/(.{4})(?=.)/g, '$1 ') },
      { label: 'BIC', value: BIC },
      { label: 'Reference', value: reference },
      { label: 'Amount', value: money, shown: `${money} ${currency}` },
    ],
    // The standard knows euros only.
    ...(currency === 'EUR' && { code: sepaCode({ amount: money, reference }) }),
    payBefore: new Date(createdAt + BANK_DEADLINE_MS).toISOString(),
  };
}

/** EPC069-12, version 002: one element a line; purpose and structured reference stay empty. */
export function sepaCode({ amount, reference }: { amount: string; reference: string }): string {
  return ['BCD', '002', '1', 'SCT', BIC, PAYEE, IBAN, `EUR${amount}`, '', '', reference].join('\n');
}

function coinTransfer({ id, amount, currency, createdAt }: Sent, coin: Coin): TransferView {
  const address = coin.addressFor(id);
  const units = inUnits(amount, currency, coin);
  const coins = withPoint(units, coin.digits);
  return {
    lines: [
      { label: 'Network', value: coin.network },
      { label: 'Address', value: address },
      { label: 'Amount', value: coins, shown: `${coins} ${coin.code}` },
    ],
    code: coin.uri({ address, units, coins }),
    payBefore: new Date(createdAt + COIN_DEADLINE_MS).toISOString(),
  };
}

/** Rounded up to the smallest unit of the coin, so that the shop never gets less. */
function inUnits(minor: bigint, currency: string, { price, digits }: Pick<Coin, 'price' | 'digits'>): bigint {
  const cost = price * 10n ** BigInt(minorDigits(currency) ?? 2);
  return (minor * 10n ** BigInt(digits) + cost - 1n) / cost;
}

function withPoint(units: bigint, digits: number): string {
  const [whole = '', fraction = ''] = formatDecimal(units, digits).split('.');
  const said = fraction.replace(/0+$/, '');
  return said === '' ? whole : `${whole}.${said}`;
}

export const inBitcoin = (minor: bigint, currency: string): string =>
  withPoint(inUnits(minor, currency, BITCOIN), BITCOIN.digits);
