/** A time that somebody else wrote, as ISO 8601 in UTC. Nothing is guessed: 05/03/2025 is May to some and March to others. */

const ISO_8601 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?: ?(?:(Z)|([+-])(\d\d):?(\d\d)?))?$/i;
/** RFC 9110, 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Unix seconds, or milliseconds or microseconds where seconds would be far away, as number or text; ISO 8601 with a zone,
 * or else of the one named here (IANA); the form of HTTP. `undefined` for all else, days that no calendar has included.
 */
export function readTime(value: unknown, timeZone = 'UTC'): string | undefined {
  const text = String(typeof value === 'number' || typeof value === 'string' ? value : '').trim();
  const time = /^-?\d+(?:\.\d+)?$/.test(text) ? unixTime(Number(text)) : writtenTime(text, timeZone);
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** In seconds, this is the year 5138; in milliseconds, 1973. */
const LARGEST_SECONDS = 1e11;

function unixTime(value: number): number {
  const size = Math.abs(value);
  if (size < LARGEST_SECONDS) return value * 1_000;
  return size < LARGEST_SECONDS * 1_000 ? value : value / 1_000;
}

function writtenTime(text: string, timeZone: string): number {
  if (HTTP_DATE.test(text)) return Date.parse(text);
  const match = ISO_8601.exec(text);
  if (!match) return Number.NaN;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(numberOf);
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const [, , , , , , , , utc, sign, ahead, aheadMinutes] = match;
  const offset = (numberOf(ahead) * 60 + numberOf(aheadMinutes)) * (sign === '-' ? -1 : 1);
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const isDay = midnight.toISOString().startsWith(`${match.slice(1, 4).join('-')}T`);
  // A day may end at 24:00, and a minute with a leap second.
  const isTime = hours * 60 + minutes <= 24 * 60 && minutes < 60 && seconds <= 60;
  if (!isDay || !isTime) return Number.NaN;
  const wall = midnight.getTime() + ((hours * 60 + minutes - offset) * 60 + seconds) * 1_000 + milliseconds;
  return utc === undefined && sign === undefined ? instantOf(wall, timeZone) : wall;
}

const DAY_MS = 86_400_000;

/**
 * When a clock of this zone shows what a clock of UTC shows at `wall`. An hour that the clock shows twice counts as the
 * first one; one that it never shows, as if it had not been put forward yet.
 */
function instantOf(wall: number, timeZone: string): number {
  if (timeZone === 'UTC') return wall;
  const instants = [-DAY_MS, DAY_MS].map((day) => wall - aheadOfUtc(wall + day, timeZone));
  const [before = wall] = instants;
  return instants.find((instant) => instant + aheadOfUtc(instant, timeZone) === wall) ?? before;
}

/** Made once for each zone: to make one costs more than all the rest, and a list has thousands of rows. */
const clocks: Record<string, Intl.DateTimeFormat> = {};

/** In milliseconds. */
function aheadOfUtc(instant: number, timeZone: string): number {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const clock = (clocks[timeZone] ??= new Intl.DateTimeFormat('sv-SE', options));
  const second = Math.floor(instant / 1_000) * 1_000;
  return Date.parse(`${clock.format(second).replace(' ', 'T')}Z`) - second;
}

const numberOf = (digits: string | undefined): number => Number(digits ?? 0);
