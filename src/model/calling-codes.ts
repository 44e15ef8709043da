/**
 * Calling codes (ITU-T E.164, annex to Operational Bulletin 1114). No code is the beginning of another, so the digits of
 * an international number tell where its code ends: one digit for zones 1 and 7, two for those below, else three.
 */
const OF_TWO_DIGITS = new Set(
  (
    '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 ' +
    '90 91 92 93 94 95 98'
  ).split(' '),
);

/** The code with which these digits begin; `undefined` where there is none. */
export function callingCodeOf(digits: string): string | undefined {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  const two = digits.slice(0, 2);
  if (OF_TWO_DIGITS.has(two)) return two;
  return /^[2-9][0-9]{2}/.test(digits) ? digits.slice(0, 3) : undefined;
}

/**
 * Where a zero at the front is part of the number and is dialled from abroad too: Italy and the Vatican, San Marino,
 * Ivory Coast, Burkina Faso, Benin, the Congo. Elsewhere it is the prefix for calls inside the country.
 */
const KEEPS_ITS_ZERO = new Set(['39', '378', '225', '226', '229', '242']);

/** A number as it is dialled from abroad, without the zero that only callers inside the country dial. */
export const withoutTrunkZero = (code: string, number: string): string =>
  KEEPS_ITS_ZERO.has(code) ? number : number.replace(/^0+/, '');
