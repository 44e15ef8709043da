/**
 * Money is a decimal string outside and a bigint of minor units inside; never a float.
 * (0.1 + 0.2 is not 0.3, and PostgreSQL's numeric accepts 'NaN' as greater than zero.)
 */
export interface Money {
  /** The amount in minor units (ISO 4217): cents for EUR, whole yen for JPY, fils for KWD. */
  readonly minor: bigint;
  /** ISO 4217 alpha-3, upper case. */
  readonly currency: string;
}

/** ISO 4217 active codes by number of minor digits. An unknown code is refused, not assumed to have two. */
const CODES_BY_MINOR_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
    'CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR ' +
    'MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD ' +
    'SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG ' +
    'YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const MINOR_DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_MINOR_DIGITS).flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
  ),
);

/** The number of minor digits of a currency, or `undefined` for a code that ISO 4217 does not list. */
export function minorDigits(currency: string): number | undefined {
  return MINOR_DIGITS.get(currency);
}

/** Why a text is not an amount, in words that name the value and the rule. */
export class MoneyError extends RangeError {
  override readonly name = 'MoneyError';
}

const DECIMAL = /^(0|[1-9][0-9]{0,30})(?:\.([0-9]+))?$/;
/** Far above any payment, far below what overflows a bigint column. */
const MOST_WHOLE_DIGITS = 15;

/**
 * Reads a decimal string such as `"10.05"`. Refuses signs, exponents, blanks, digit grouping, other scripts' digits
 * and more minor digits than the currency has: an amount is never rounded silently.
 * @throws MoneyError
 */
export function parseMoney(text: string, currency: string): Money {
  const digits = minorDigits(currency);
  if (digits === undefined) {
    throw new MoneyError(`"${currency}" is not an ISO 4217 currency code; use one such as "EUR"`);
  }
  if (text.split('.', 1).join().length > MOST_WHOLE_DIGITS) throw notAnAmount(text);
  return { minor: parseDecimal(text, digits, currency), currency };
}

/**
 * A decimal text as a whole number of the smallest units, of which `digits` stand after the point.
 * @throws MoneyError
 */
export function parseDecimal(text: string, digits: number, unit: string): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw notAnAmount(text);
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > digits) {
    throw new MoneyError(`${text.slice(0, 40)} ${unit} has more than ${String(digits)} minor digits`);
  }
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

const notAnAmount = (text: string): MoneyError =>
  new MoneyError(`"${text.slice(0, 40)}" is not an amount; write it as "10.05"`);

/** Writes the amount with all minor digits of its currency: `"10.05"`, `"200.00"`, `"500"` for JPY. */
export function formatMoney({ minor, currency }: Money): string {
  return formatDecimal(minor, minorDigits(currency) ?? 2);
}

/** The inverse of `parseDecimal`, with all its digits after the point. */
export function formatDecimal(units: bigint, digits: number): string {
  if (digits === 0) return units.toString();
  const text = units.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Reads the JSON number or numeric string of the gateway by its shortest decimal text,
 * so 10.05 is exact and 0.1 + 0.2 (0.30000000000000004) is refused rather than rounded.
 * @throws MoneyError
 */
export function moneyFromWire(value: number | string, currency: string): Money {
  return parseMoney(String(value), currency);
}

/**
 * An amount of somebody else's in the form of `formatMoney`: `"10.0000"` EUR is `"10.00"`, `"1000.00"` JPY is `"1000"`.
 * Nothing is rounded: digits that say something are kept, however many. Codes that ISO 4217 does not list (`"USDT"`)
 * have two digits at least.
 * @throws MoneyError for what is no decimal number, digit grouping and exponents in a text included
 */
export function tidyAmount(value: number | string, currency: string): string {
  // The form that nearly all come in.
  if (typeof value === 'string' && IN_CENTS.test(value) && minorDigits(currency) === 2) return value;
  return written(partsOf(value), minorDigits(currency) ?? 2);
}

/**
 * The same of an answer that must not be lost for one odd amount: `undefined` for what is no amount, is below zero or has
 * more digits than its currency; one of a currency that ISO 4217 does not list keeps its digits as they came (`0.5` BTC).
 */
export function readableAmount(value: number | string, currency: string): string | undefined {
  try {
    const parts = partsOf(value);
    const digits = minorDigits(currency);
    const isNone = parts.sign !== '' || parts.said.length > (digits ?? COMPARED_DIGITS);
    return isNone ? undefined : written(parts, digits ?? parts.fraction.length);
  } catch {
    return undefined;
  }
}

/** Far more digits than any amount has. */
const COMPARED_DIGITS = 40;

interface DecimalParts {
  readonly sign: string;
  readonly whole: string;
  readonly fraction: string;
  /** The fraction without the zeros at its end. */
  readonly said: string;
}

const IN_CENTS = /^[1-9][0-9]{0,14}\.[0-9]{2}$/;
const SIGNED_DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]*))?$/;

function partsOf(value: number | string): DecimalParts {
  const text = typeof value === 'number' ? withoutExponent(String(value)) : value.trim();
  const [, sign = '', whole = '', fraction = ''] = SIGNED_DECIMAL.exec(text) ?? [];
  if (whole === '' || whole.length + fraction.length > COMPARED_DIGITS) throw notAnAmount(text);
  return { sign, whole, fraction, said: fraction.endsWith('0') ? fraction.replace(/0+$/, '') : fraction };
}

function written({ sign, whole, said }: DecimalParts, digits: number): string {
  const fraction = said.padEnd(digits, '0');
  return `${sign}${withoutZeros(whole)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** JavaScript writes a satoshi, 0.00000001, as `1e-8`; what others wrote as a number is read as they meant it. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = ''] =
    /^(-?)([0-9])(?:\.([0-9]+))?e-([0-9]{1,2})$/.exec(text) ?? [];
  return power === '' ? text : `${sign}0.${'0'.repeat(Number(power) - 1)}${whole}${fraction}`;
}

const withoutZeros = (whole: string): string => (whole.startsWith('0') ? BigInt(whole).toString() : whole);

/** Below zero, zero or above, as `left` is less than `right`, the same, or more; `"10.0"` and `"10.00"` are the same. */
export function compareDecimals(left: string, right: string): number {
  const difference = unitsOf(left) - unitsOf(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function unitsOf(text: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = SIGNED_DECIMAL.exec(text) ?? [];
  if (whole === '' || fraction.length > COMPARED_DIGITS) throw notAnAmount(text);
  return BigInt(sign + whole + fraction.padEnd(COMPARED_DIGITS, '0'));
}
