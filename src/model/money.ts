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

/** At most 15 digits before the point: far above any payment, far below what overflows a bigint column. */
const DECIMAL = /^(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?$/;

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
  const match = DECIMAL.exec(text);
  if (!match) throw new MoneyError(`"${text.slice(0, 40)}" is not an amount; write it as "10.05"`);
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > digits) {
    throw new MoneyError(`${text.slice(0, 40)} ${currency} has more than ${String(digits)} minor digits`);
  }
  return { minor: BigInt(whole + fraction.padEnd(digits, '0')), currency };
}

/** Writes the amount with all minor digits of its currency: `"10.05"`, `"200.00"`, `"500"` for JPY. */
export function formatMoney({ minor, currency }: Money): string {
  const digits = minorDigits(currency) ?? 2;
  if (digits === 0) return minor.toString();
  const text = minor.toString().padStart(digits + 1, '0');
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
