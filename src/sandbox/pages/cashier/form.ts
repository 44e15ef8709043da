/** The form as data: what was typed, what is wrong with it, and what is sent. Pure. */
import { passesLuhn } from '../../../model/card-number.ts';
import { formatMoney, type Money, MoneyError, parseMoney } from '../../../model/money.ts';
import type { AmountView, FieldErrors, PayRequest, ProviderView } from '../view.ts';
import { FIELD_ERRORS, type FieldError } from '../words/words.ts';
import { brandOf, digitsOf, isPast, readExpiry } from './card.ts';

export const FIELDS = [
  'amount',
  'card.number',
  'card.expiry',
  'card.cvc',
  'card.holderName',
  'account.holderName',
  'account.iban',
] as const;
export type Field = (typeof FIELDS)[number];

export type Values = Readonly<Record<Field, string>>;
export type Faults = Readonly<Partial<Record<Field, FieldError>>>;

export const EMPTY: Values = {
  amount: '',
  'card.number': '',
  'card.expiry': '',
  'card.cvc': '',
  'card.holderName': '',
  'account.holderName': '',
  'account.iban': '',
};

export interface Terms {
  readonly amount: AmountView;
  readonly provider: ProviderView;
  readonly paysOut: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

const LONGEST_NAME = 100;

/** The fields that this way to pay asks for. */
export function fieldsFor({ amount, provider, paysOut }: Terms): readonly Field[] {
  const fields: Field[] = amount.restricted ? [] : ['amount'];
  if (paysOut) return [...fields, 'account.holderName', 'account.iban'];
  return provider.kind === 'card'
    ? [...fields, 'card.number', 'card.expiry', 'card.cvc', 'card.holderName']
    : fields;
}

export function checkField(field: Field, values: Values, terms: Terms): FieldError | undefined {
  const value = values[field].trim();
  if (value === '') return field === 'amount' ? 'amount' : 'required';
  switch (field) {
    case 'amount':
      return checkAmount(value, terms.amount);
    case 'card.number':
      return passesLuhn(digitsOf(value)) ? undefined : 'card-number';
    case 'card.expiry': {
      const expiry = readExpiry(value);
      if (!expiry) return 'expiry';
      return isPast(expiry, terms.now) ? 'expired-card' : undefined;
    }
    case 'card.cvc':
      return digitsOf(value).length === brandOf(digitsOf(values['card.number'])).codeDigits
        ? undefined
        : 'security-code';
    case 'card.holderName':
    case 'account.holderName':
      return value.length > LONGEST_NAME ? 'too-long' : undefined;
    case 'account.iban':
      return passesIban(ibanOf(value)) ? undefined : 'iban';
  }
}

export function checkAll(values: Values, terms: Terms): Faults {
  return Object.fromEntries(
    fieldsFor(terms).flatMap((field) => {
      const fault = checkField(field, values, terms);
      return fault ? [[field, fault]] : [];
    }),
  );
}

/** What was typed as an amount, in the words of the API: a comma is a point, and nothing is rounded. */
export function readAmount(text: string, currency: string): Money | undefined {
  try {
    const money = parseMoney(text.trim().replace(',', '.'), currency);
    return money.minor > 0n ? money : undefined;
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}

function checkAmount(text: string, { currency, max }: AmountView): FieldError | undefined {
  const money = readAmount(text, currency);
  if (!money) return 'amount';
  return max !== undefined && money.minor > parseMoney(max, currency).minor ? 'above-limit' : undefined;
}

/** The amount to be charged, `undefined` while it is not one. */
export function amountOf(values: Values, amount: AmountView): string | undefined {
  if (amount.restricted) return amount.value;
  const money = readAmount(values.amount, amount.currency);
  return money && formatMoney(money);
}

export function toPayRequest(values: Values, { amount, provider, paysOut }: Terms): PayRequest {
  const base = { providerId: provider.id, amount: amountOf(values, amount) ?? '' };
  if (paysOut) {
    const account = {
      holderName: values['account.holderName'].trim(),
      iban: ibanOf(values['account.iban']),
    };
    return { ...base, account };
  }
  if (provider.kind !== 'card') return base;
  const { month = '', year = '' } = readExpiry(values['card.expiry']) ?? {};
  const card = {
    holderName: values['card.holderName'].trim(),
    number: digitsOf(values['card.number']),
    expMonth: month,
    expYear: year,
    cvc: digitsOf(values['card.cvc']),
  };
  return { ...base, card };
}

/** The server's faults on the fields of this form; what has no field here is `undefined`. */
export function faultsOf({ errors }: FieldErrors): Faults | undefined {
  const faults: Partial<Record<Field, FieldError>> = {};
  for (const { path, message } of errors) {
    const name = path.startsWith('card.exp') ? 'card.expiry' : path;
    const field = FIELDS.find((known) => known === name);
    if (!field) return undefined;
    faults[field] ??= FIELD_ERRORS.find((known) => known === message) ?? 'invalid';
  }
  return faults;
}

const ibanOf = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();

/** ISO 13616: the first four to the end, letters as numbers, modulo 97 is 1. */
function passesIban(iban: string): boolean {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const rearranged = iban.slice(4) + iban.slice(0, 4);
  const digits = Array.from(rearranged, (letter) => Number.parseInt(letter, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}
