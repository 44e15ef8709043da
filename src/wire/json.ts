/**
 * JSON of others, exactly. A JavaScript number keeps 15 digits of any decimal number; an id or an amount with more would
 * come out as another one, so it is read as the text that it was written as, which every reader here takes as well.
 */

/** @throws SyntaxError for what is no JSON */
export function parseJson(text: string): unknown {
  const json = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  const value: unknown = JSON.parse(json);
  return MAY_BE_LONG.test(json) ? JSON.parse(json.replace(TEXT_OR_NUMBER, exact)) : value;
}

/** Some write it before UTF-8, where it says nothing. */
const BYTE_ORDER_MARK = 0xfeff;
const MOST_DIGITS = 15;
const MAY_BE_LONG = /[0-9.]{16}|[0-9][eE][-+]?[0-9]{3}/;
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][-+.0-9eE]*/g;

const exact = (token: string): string => (token.startsWith('"') || isExact(token) ? token : `"${token}"`);

function isExact(number: string): boolean {
  const [, whole = '', fraction = '', power = ''] =
    /^-?([0-9]+)(?:\.([0-9]*?)0*)?(?:[eE][-+]?([0-9]+))?$/.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  return digits.length <= MOST_DIGITS && power.length < 3;
}
