/**
 * What the shopper sends where, by bank or by chain, and the text of its QR code: EPC069-12 (SEPA credit transfer, the
 * European Payments Council) and BIP-21 (Bitcoin). Nothing here is a real account or address.
 */
import { formatMoney, minorDigits } from '../../model/money.ts';
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

/** What one bitcoin costs in the sandbox, in whole units of any currency. */
const BITCOIN_PRICE = 50_000n;
const SATOSHIS = 100_000_000n;

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
      return coinTransfer(transaction);
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

function coinTransfer({ id, amount, currency, createdAt }: Sent): TransferView {
  const address = `sandbox1q${id}`;
  const coins = inBitcoin(amount, currency);
  return {
    lines: [
      { label: 'Network', value: 'Bitcoin, sandbox testnet' },
      { label: 'Address', value: address },
      { label: 'Amount', value: coins, shown: `${coins} BTC` },
    ],
    code: `bitcoin:${address}?amount=${coins}&label=${encodeURIComponent(PAYEE)}`,
    payBefore: new Date(createdAt + COIN_DEADLINE_MS).toISOString(),
  };
}

/** Rounded up to a satoshi, so that the shop never gets less. */
export function inBitcoin(minor: bigint, currency: string): string {
  const price = BITCOIN_PRICE * 10n ** BigInt(minorDigits(currency) ?? 2);
  const satoshis = (minor * SATOSHIS + price - 1n) / price;
  const fraction = (satoshis % SATOSHIS).toString().padStart(8, '0').replace(/0+$/, '');
  const whole = (satoshis / SATOSHIS).toString();
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
