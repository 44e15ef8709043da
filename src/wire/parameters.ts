/** What stands in the address of a request: an id as a step of its path, the size of a page and times in its query. */
import * as z from 'zod';

const LARGEST_PAGE = 100;

/** How many rows a page has; both systems take 1 to 100. */
export const pageSize = z.number().int().min(1).max(LARGEST_PAGE).default(LARGEST_PAGE);

const ISO_8601 = 'use ISO 8601, such as "2025-06-15" or "2025-06-15T12:00:00Z"';

/** A day, or a time with its zone. */
export const time = z.union([z.iso.date(), z.iso.datetime({ offset: true })], ISO_8601);

/** The problem of a range whose end lies before its start, said of its end. */
export function checkRange<Name extends string>(from: Name, to: Name) {
  return ({ value, issues }: Checked<Name>): void => {
    const [first, last] = [value[from], value[to]];
    if (first === undefined || last === undefined || Date.parse(endOf(last)) >= Date.parse(first)) return;
    issues.push({ code: 'custom', path: [to], message: `lies before "${from}"`, input: last });
  };
}

interface Checked<Name extends string> {
  readonly value: Readonly<Partial<Record<Name, string | undefined>>>;
  readonly issues: z.core.$ZodRawIssue[];
}

/** The last moment of a day; a time is one itself. */
export const endOf = (time: string): string => (time.includes('T') ? time : `${time}T23:59:59.999Z`);

/** Nobody types these, and no id has them: a character of control, or half of one. */
const HIDDEN = /[\p{Cc}\p{Cs}]/u;

/** An id that would lead to another path is none: `.` and `..` are steps of a URL, and nothing is the whole list. */
export const pathId = z
  .string()
  .trim()
  .refine((id) => id !== '' && id !== '.' && id !== '..' && !HIDDEN.test(id), { message: 'is no id' });

/** A resource that is asked for by its id. */
export const byId = z.object({ id: pathId });
