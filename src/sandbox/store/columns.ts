/** How times and money are kept in every table. */
import { bigint } from 'drizzle-orm/pg-core';

/** Epoch milliseconds of the sandbox's own clock, which a test may advance. */
export const time = (name: string) => bigint(name, { mode: 'number' });

/** A bigint of minor units: PostgreSQL's numeric accepts 'NaN' as greater than zero. */
export const minorUnits = (name: string) => bigint(name, { mode: 'bigint' });
