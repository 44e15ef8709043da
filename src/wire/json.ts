/**
 * JSON of others, exactly. A JavaScript number keeps 15 digits of any decimal number; an id or an amount with more would
 * come out as another one, so it is read as the text that it was written as, which every reader here takes as well.
 */

/** @throws SyntaxError for what is no JSON */
export function parseJson(text: string): unknown {
  const json = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  const value: unknown = JSON.parse(json);
  return hasLongNumber(json, value) ? JSON.parse(json.replace(TEXT_OR_NUMBER, exact)) : value;
}

/** Some write it before UTF-8, where it says nothing. */
const BYTE_ORDER_MARK = 0xfeff;
const MOST_DIGITS = 15;
const LARGE_POWER = /[0-9][eE][-+]?[0-9]{3}/;
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][-+.0-9eE]*/g;

const exact = (token: string): string => (token.startsWith('"') || isExact(token) ? token : `"${token}"`);

function isExact(number: string): boolean {
  const [, whole = '', fraction = '', power = ''] =
    /^-?([0-9]+)(?:\.([0-9]*?)0*)?(?:[eE][-+]?([0-9]+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  return digits.length <= MOST_DIGITS && power.length < 3;
}

/** Whether there may be one. The value says at little cost what its text need not be searched for. */
const hasLongNumber = (json: string, value: unknown): boolean =>
  holds(value, isNumber) && (hasLongRow(json) || (holds(value, isExtreme) && LARGE_POWER.test(json)));

const isNumber = (value: unknown): value is number => typeof value === 'number';
/** All that an exponent of three digits makes of as many digits as a number keeps, and more. */
const isExtreme = (value: unknown): boolean =>
  isNumber(value) && (Math.abs(value) < 1e-80 || Math.abs(value) > 1e80);

/** Nothing that is meant lies deeper, and the stack of JSON's own parser is no measure for ours. */
const DEEP = 100;

/** Whether it is, or has in it, what is looked for; or is too deep to tell. */
function holds(value: unknown, is: (part: unknown) => boolean, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return is(value);
  if (depth === DEEP) return true;
  for (const name in value) {
    if (holds((value as Readonly<Record<string, unknown>>)[name], is, depth + 1)) return true;
  }
  return false;
}

/**
 * Whether more digits stand side by side than a number keeps. Such a row covers one of each sixteen characters, so only
 * those are looked at: a regular expression takes longer than the parsing.
 */
function hasLongRow(json: string): boolean {
  for (let at = MOST_DIGITS; at < json.length; at += MOST_DIGITS + 1) {
    if (isOfNumber(json, at) && rowAround(json, at) > MOST_DIGITS) return true;
  }
  return false;
}

/** How many digits and points stand side by side, of which this is one. */
function rowAround(json: string, at: number): number {
  let [first, last] = [at, at];
  while (isOfNumber(json, first - 1)) first -= 1;
  while (isOfNumber(json, last + 1)) last += 1;
  return last - first + 1;
}

function isOfNumber(json: string, at: number): boolean {
  const code = json.charCodeAt(at);
  return (code >= ZERO && code <= NINE) || code === POINT;
}
const [POINT, ZERO, NINE] = ['.', '0', '9'].map((it) => it.charCodeAt(0)) as [number, number, number];
