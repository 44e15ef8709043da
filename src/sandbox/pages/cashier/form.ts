/** The form as data: what was typed, what is wrong with it, and what is sent. Pure. */
import { passesLuhn } from '../../../model/card-number.ts';
import { hasIbanCheckDigits, ibanLength } from '../../../model/iban.ts';
import { formatMoney, type Money, MoneyError, parseMoney } from '../../../model/money.ts';
import type { AmountView, FieldErrors, PayRequest, ProviderView } from '../view.ts';
import { FIELD_ERRORS, type FieldError, type Words } from '../words/words.ts';
import { brandOf, digitsOf, isPast, lengthsOf, readExpiry } from './card.ts';

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
  /** A card that the gateway has kept: only its code is asked for. */
  readonly savedCardId?: string | undefined;
  /** The network that the shopper chose of a card that has two. */
  readonly network?: string | undefined;
  readonly saveCard?: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

const LONGEST_NAME = 100;

/** The fields that this way to pay asks for. */
function fieldsFor({ amount, provider, paysOut, savedCardId }: Terms): readonly Field[] {
  const fields: Field[] = amount.restricted ? [] : ['amount'];
  if (paysOut) return [...fields, 'account.holderName', 'account.iban'];
  if (savedCardId !== undefined) return [...fields, 'card.cvc'];
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
      return checkNumber(digitsOf(value));
    case 'card.expiry': {
      const expiry = readExpiry(value);
      if (!expiry) return 'expiry';
      return isPast(expiry, terms.now) ? 'expired-card' : undefined;
    }
    case 'card.cvc':
      return checkCode(digitsOf(value), terms.savedCardId === undefined ? values['card.number'] : undefined);
    case 'card.holderName':
    case 'account.holderName':
      return value.length > LONGEST_NAME ? 'too-long' : undefined;
    case 'account.iban':
      return checkIban(ibanOf(value));
  }
}

function checkNumber(digits: string): FieldError | undefined {
  const { name, lengths } = brandOf(digits);
  if (!lengths.includes(digits.length)) return name === '' ? 'card-incomplete' : 'card-length';
  return passesLuhn(digits) ? undefined : 'card-number';
}

/** Of a saved card only the gateway knows how long its code is. */
function checkCode(code: string, number: string | undefined): FieldError | undefined {
  if (number === undefined) return code.length < 3 ? 'security-code' : undefined;
  const { codeDigits } = brandOf(digitsOf(number));
  if (code.length === codeDigits) return undefined;
  return codeDigits === 4 ? 'security-code-4' : 'security-code';
}

function checkIban(iban: string): FieldError | undefined {
  const length = ibanLength(iban);
  if (length !== undefined && iban.length !== length) return 'iban-length';
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/.test(iban)) return 'iban';
  return hasIbanCheckDigits(iban) ? undefined : 'iban-checksum';
}

/** A fault in words, for the card or the account at hand. */
export function faultText(words: Words, fault: FieldError, values: Values): string {
  const text = words.errors[fault];
  if (typeof text === 'string') return text;
  if (fault === 'iban-length') {
    const iban = ibanOf(values['account.iban']);
    return text(iban.slice(0, 2), String(ibanLength(iban) ?? ''));
  }
  const brand = brandOf(digitsOf(values['card.number']));
  return text(brand.name, lengthsOf(brand));
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

export function toPayRequest(values: Values, terms: Terms): PayRequest {
  const { amount, provider, paysOut, savedCardId, network, saveCard } = terms;
  const base = { providerId: provider.id, amount: amountOf(values, amount) ?? '' };
  if (paysOut) {
    const account = {
      holderName: values['account.holderName'].trim(),
      iban: ibanOf(values['account.iban']),
    };
    return { ...base, account };
  }
  if (provider.kind !== 'card') return base;
  const cvc = digitsOf(values['card.cvc']);
  if (savedCardId !== undefined) return { ...base, savedCard: { id: savedCardId, cvc } };
  const { month = '', year = '' } = readExpiry(values['card.expiry']) ?? {};
  const card = {
    holderName: values['card.holderName'].trim(),
    number: digitsOf(values['card.number']),
    expMonth: month,
    expYear: year,
    cvc,
    ...(network !== undefined && { network }),
  };
  return { ...base, card, ...(saveCard === true && { saveCard }) };
}

/** The server's faults on the fields of this form; what has no field here is `undefined`. */
export function faultsOf({ errors }: FieldErrors): Faults | undefined {
  const faults: Partial<Record<Field, FieldError>> = {};
  for (const { path, message } of errors) {
    const name = path.startsWith('card.exp') ? 'card.expiry' : path === 'savedCard.cvc' ? 'card.cvc' : path;
    const field = FIELDS.find((known) => known === name);
    if (!field) return undefined;
    faults[field] ??= FIELD_ERRORS.find((known) => known === message) ?? 'invalid';
  }
  return faults;
}

/** Without the blanks and the word that people copy along: `IBAN: DE89 …`. */
const ibanOf = (text: string): string =>
  text
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replace(/^IBAN/, '');

/** In groups of four, as it is printed. */
export const formatIban = (text: string): string =>
  ibanOf(text)
    .slice(0, 34)
    .replace(/(.{4})(?=.)/g, '$1 ');
