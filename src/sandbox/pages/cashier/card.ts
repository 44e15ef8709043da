/** What a card number tells while it is typed: brand, grouping, length of its code. ISO/IEC 7812 ranges, abridged. */

export interface Brand {
  readonly name: string;
  /** Shown beside the number. */
  readonly mark: string;
  readonly pattern: RegExp;
  readonly groups: readonly number[];
  readonly maxDigits: number;
  readonly codeDigits: 3 | 4;
}

const FOURS = [4, 4, 4, 4, 3] as const;

const BRANDS: readonly Brand[] = [
  { name: 'Visa', mark: 'VISA', pattern: /^4/, groups: FOURS, maxDigits: 19, codeDigits: 3 },
  {
    name: 'Mastercard',
    mark: 'MC',
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    groups: FOURS,
    maxDigits: 16,
    codeDigits: 3,
  },
  {
    name: 'American Express',
    mark: 'AMEX',
    pattern: /^3[47]/,
    groups: [4, 6, 5],
    maxDigits: 15,
    codeDigits: 4,
  },
  {
    name: 'Diners Club',
    mark: 'DINERS',
    pattern: /^3(0[0-5]|[689])/,
    groups: [4, 6, 4],
    maxDigits: 14,
    codeDigits: 3,
  },
  {
    name: 'Discover',
    mark: 'DISC',
    pattern: /^6(011|4[4-9]|5)/,
    groups: FOURS,
    maxDigits: 19,
    codeDigits: 3,
  },
  { name: 'JCB', mark: 'JCB', pattern: /^35(2[89]|[3-8])/, groups: FOURS, maxDigits: 19, codeDigits: 3 },
  { name: 'UnionPay', mark: 'UP', pattern: /^62/, groups: FOURS, maxDigits: 19, codeDigits: 3 },
];

const UNKNOWN: Brand = {
  name: '',
  mark: '',
  pattern: /^/,
  groups: FOURS,
  maxDigits: 19,
  codeDigits: 3,
};

export const brandOf = (digits: string): Brand =>
  BRANDS.find(({ pattern }) => pattern.test(digits)) ?? UNKNOWN;

/** Digits of any script become 0 to 9 (Arabic and full-width keyboards type others); all else is dropped. */
export function digitsOf(text: string): string {
  return Array.from(text.normalize('NFKC'), (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
    if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
    return /[0-9]/.test(letter) ? letter : '';
  }).join('');
}

/** `4242 4242 4242 4242`, in the groups that are printed on the card. */
export function formatNumber(text: string): string {
  const { groups, maxDigits } = brandOf(digitsOf(text));
  const digits = digitsOf(text).slice(0, maxDigits);
  const parts: string[] = [];
  let at = 0;
  for (const size of groups) {
    if (at >= digits.length) break;
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  return parts.join(' ');
}

/** `12 / 34`. A first digit above 1 can only be a month: `5` becomes `05`. */
export function formatExpiry(text: string): string {
  const typed = digitsOf(text);
  const digits = (/^[2-9]/.test(typed) ? `0${typed}` : typed).slice(0, 4);
  // "12 /" is what is left of "12 / " after the key that deletes: putting the blank back would undo it.
  if (digits.length < 2 || text.endsWith(' /')) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

export interface Expiry {
  /** `"05"`. */
  readonly month: string;
  /** `"2034"`. */
  readonly year: string;
}

/** Reads `12 / 34`, `1234` and, as browsers fill it in, `12/2034`. */
export function readExpiry(text: string): Expiry | undefined {
  const match = /^(0[1-9]|1[0-2])(?:20)?([0-9]{2})$/.exec(digitsOf(text));
  return match ? { month: match[1] ?? '', year: `20${match[2] ?? ''}` } : undefined;
}

/** A card works until the end of the month printed on it. */
export function isPast({ month, year }: Expiry, now: number): boolean {
  return Date.UTC(Number(year), Number(month)) <= now;
}
