/**
 * What a card number tells while it is typed: brand, grouping, lengths, the length of its code. The ranges are those of
 * the library credit-card-type; which brands share a card is the gateway's to say.
 */
import creditCardType from 'credit-card-type';
import { LANGUAGES } from '../../../model/languages.ts';

export interface Brand {
  /** Such as `american-express`; empty while it is not known. */
  readonly id: string;
  readonly name: string;
  /** After how many digits a blank is printed. */
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly codeDigits: number;
}

const UNKNOWN: Brand = {
  id: '',
  name: '',
  gaps: [4, 8, 12, 16],
  lengths: [12, 13, 14, 15, 16, 17, 18, 19],
  codeDigits: 3,
};

/** Cards of two networks are none of the library's; this is the one that its holder may choose in France. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'cartes-bancaires': 'Cartes Bancaires' };

export function brandName(id: string): string {
  const known = Object.values(creditCardType.types).find((type) => type === id);
  return known === undefined ? (OTHER_NAMES[id] ?? id) : creditCardType.getTypeInfo(known).niceType;
}

/** A first digit says enough of Visa only: the 6 of Maestro is also that of Discover, UnionPay and others. */
const DIGITS_TO_BE_SURE = 4;

export function brandOf(digits: string): Brand {
  if (digits === '') return UNKNOWN;
  const [best] = creditCardType(digits)
    .filter(
      ({ type, matchStrength = 0 }) =>
        matchStrength > 1 || (matchStrength === 1 && (type === 'visa' || digits.length >= DIGITS_TO_BE_SURE)),
    )
    .sort((one, other) => (other.matchStrength ?? 0) - (one.matchStrength ?? 0));
  if (!best) return UNKNOWN;
  const { type, niceType, gaps, lengths, code } = best;
  return { id: type, name: niceType, gaps: [...gaps, 16], lengths, codeDigits: code.size };
}

/** `16`, or `16–19`. */
export function lengthsOf({ lengths }: Brand): string {
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return least === most ? String(least) : `${least}–${most}`;
}

/** Digits of any script become 0 to 9 (Arabic and full-width keyboards type others). */
function withPlainDigits(text: string): string {
  return Array.from(text.normalize('NFKC'), (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
    if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
    return letter;
  }).join('');
}

export const digitsOf = (text: string): string => withPlainDigits(text).replace(/[^0-9]/g, '');

/** `4242 4242 4242 4242`, in the groups that are printed on the card. */
export function formatNumber(text: string): string {
  const { gaps, lengths } = brandOf(digitsOf(text));
  return Array.from(digitsOf(text).slice(0, Math.max(...lengths)), (digit, at) =>
    gaps.includes(at) ? ` ${digit}` : digit,
  ).join('');
}

export interface Expiry {
  /** `"05"`. */
  readonly month: string;
  /** `"2034"`. */
  readonly year: string;
}

/**
 * Reads a date as people type it and browsers fill it in: `12/30`, `1/30`, `122030`, `2030-12`, `Dec 2030`, with the
 * words that stand around it on a card (`VALID THRU 12/30`).
 */
export function readExpiry(text: string): Expiry | undefined {
  const plain = withPlainDigits(text);
  const numbers = plain.match(/[0-9]+/g) ?? [];
  const named = (plain.match(/\p{L}{3,}/gu) ?? []).map(monthOf).find((month) => month !== '');
  if (named !== undefined) return expiryOf(named, numbers.find(isYear) ?? numbers.at(-1) ?? '');
  const [first = '', second, third] = numbers;
  if (second === undefined) return expiryOfDigits(first);
  const isYearFirst = first.length === 4 || (second.length === 2 && Number(first) > 12);
  if (third !== undefined && first.length !== 4) return expiryOfDay(first, second, third);
  return isYearFirst ? expiryOf(second, first) : expiryOf(first, second);
}

/** Digits without anything between them. */
function expiryOfDigits(digits: string): Expiry | undefined {
  const [, month = '', year = ''] =
    /^(0[1-9]|1[0-2])(20[0-9]{2})$/.exec(digits) ??
    /^(0[1-9]|1[0-2])([0-9]{2})$/.exec(digits) ??
    /^([1-9])((?:20)?[0-9]{2})$/.exec(digits) ??
    [];
  if (month !== '') return expiryOf(month, year);
  const [, yearFirst = '', monthLast = ''] = /^(20[0-9]{2})(0[1-9]|1[0-2])$/.exec(digits) ?? [];
  return expiryOf(monthLast, yearFirst);
}

/** A whole day, if only one order of its parts makes sense: `12/31/2030`, `31/12/2030`, but not `10/12/2030`. */
function expiryOfDay(first: string, second: string, year: string): Expiry | undefined {
  const [one, other] = [expiryOf(first, year), expiryOf(second, year)];
  if (!one || !other || one.month === other.month) return one ?? other;
  return undefined;
}

const isYear = (digits: string): boolean => /^20[0-9]{2}$/.test(digits);

function expiryOf(month: string, year: string): Expiry | undefined {
  const padded = month.padStart(2, '0');
  if (!/^(0[1-9]|1[0-2])$/.test(padded) || !/^(20)?[0-9]{2}$/.test(year)) return undefined;
  return { month: padded, year: `20${year.slice(-2)}` };
}

/** A month's name or its beginning, in any language of the pages; empty when it is none. */
function monthOf(word: string): string {
  const typed = word.toLowerCase();
  for (const language of LANGUAGES) {
    const names = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) {
      const name = names.format(Date.UTC(2030, month - 1)).toLowerCase();
      if (name.startsWith(typed)) return String(month);
    }
  }
  return '';
}

export const writeExpiry = ({ month, year }: Expiry): string => `${month} / ${year.slice(-2)}`;

/**
 * `12 / 34` while it is typed. What may still become something else is left as it is: `2` may be February or the
 * beginning of 2030, `12 / 20` that of 12 / 2030.
 */
export function formatExpiry(text: string): string {
  const plain = withoutMonth(withPlainDigits(text));
  // A day may follow `2030-12`; it is written anew when the field is left.
  const isBegun = /^\s*20[0-9]{2}(?:\s*[^0-9\p{L}\s]|[^0-9]*[0-9]?$)/u.test(plain);
  const isWhole = /20[0-9]{2}/.test(plain) && !isBegun;
  const whole = isWhole ? readExpiry(plain) : undefined;
  if (whole) return writeExpiry(whole);
  const isDay = /[0-9][^0-9]+[0-9]+\s*[^0-9\s]/.test(plain);
  if (/\p{L}/u.test(plain) || isDay) return plain;
  // "12 /" is what is left of "12 / " after the key that deletes: putting the blank back would undo it.
  if (/^[0-9]{2} \/$/.test(plain)) return plain.slice(0, 2);
  const [, early, rest] = /^\s*([0-9]{1,2})[^0-9]+([0-9]*)/.exec(plain) ?? [];
  if (early !== undefined) return `${early.padStart(2, '0')} / ${yearOf(rest ?? '')}`;
  const digits = digitsOf(plain);
  if (digits.startsWith('2')) return plain.trim().slice(0, 7).trimEnd();
  const padded = /^([3-9]|1[3-9])/.test(digits) ? `0${digits}` : digits;
  return padded.length < 2 ? padded : `${padded.slice(0, 2)} / ${yearOf(padded.slice(2))}`;
}

/** `31` was shown as `03 / 1`; the stroke, dot or letter behind it says that it was a day, or a year. */
function withoutMonth(plain: string): string {
  const [whole = '', tens = '', ones = ''] = /^0([13-9]) \/ ([0-9])(?=\s*[^0-9\s])/.exec(plain) ?? [];
  const isMonth = Number(tens + ones) < 13 || Number(tens) > 3;
  return whole === '' || isMonth ? plain : `${tens}${ones}${plain.slice(whole.length)}`;
}

/** Two digits, or three while they may become a whole year; of a whole one those that are printed on a card. */
function yearOf(digits: string): string {
  if (isYear(digits.slice(0, 4))) return digits.slice(2, 4);
  return digits.slice(0, digits.startsWith('20') ? 3 : 2);
}

/** A card works until the end of the month printed on it. */
export function isPast({ month, year }: Expiry, now: number): boolean {
  return Date.UTC(Number(year), Number(month)) <= now;
}
