/** What a shop may hang on a transfer: its own keys, within the limits of Nxos's documents. */
import { plainObject } from '../plain.ts';

const MOST_KEYS = 50;
const MOST_BYTES = 4_096;

export const metadata = plainObject
  .refine((value) => Object.keys(value).length <= MOST_KEYS, { message: `has more than ${MOST_KEYS} keys` })
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= MOST_BYTES, {
    message: `is larger than ${MOST_BYTES} bytes as JSON`,
  });
