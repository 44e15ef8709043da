/** What a shop may hang on a payout or a transfer: its own keys, within the limits of Nxos's documents. Nixo's name none. */
import * as z from 'zod';

const MOST_KEYS = 50;
const MOST_BYTES = 4_096;

export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Object.keys(value).length <= MOST_KEYS, { message: `has more than ${MOST_KEYS} keys` })
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= MOST_BYTES, {
    message: `is larger than ${MOST_BYTES} bytes as JSON`,
  });
