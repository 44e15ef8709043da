/** What stands in the address of a request: an id as a step of its path, the size of a page and times in its query. */
import * as z from 'zod';

const LARGEST_PAGE = 100;

/** How many rows a page has; both systems take 1 to 100. */
export const pageSize = z.number().int().min(1).max(LARGEST_PAGE).default(LARGEST_PAGE);

const ISO_8601 = 'use ISO 8601, such as "2025-06-15" or "2025-06-15T12:00:00Z"';

/** A day, or a time with its zone. */
export const time = z.union([z.iso.date(), z.iso.datetime({ offset: true })], ISO_8601);

/** An id that would lead to another path is none: `.` and `..` are steps of a URL, and nothing is the whole list. */
export const pathId = z
  .string()
  .refine((id) => id.trim() !== '' && id !== '.' && id !== '..', { message: 'is no id' });

/** A resource that is asked for by its id. */
export const byId = z.object({ id: pathId });
