/**
 * Whether something is more than a message may be, without walking or copying more of it than a message may have. The
 * texts, names and values are counted, so that what is within the limit as JSON is within it here.
 */
import { isPlain } from '../model/plain.ts';
import { DEEPEST_MESSAGE, MAX_MESSAGE_LENGTH } from './messages.ts';

/** Also heavy: what is no plain JSON, because its size cannot be seen from outside. */
export function isHeavy(value: unknown): boolean {
  let left = MAX_MESSAGE_LENGTH;
  const takes = (characters: number): boolean => (left -= characters) >= 0;
  const fits = (it: unknown, depth: number): boolean => {
    if (typeof it === 'string') return takes(it.length);
    if (typeof it !== 'object' || it === null) return takes(1);
    if (depth === DEEPEST_MESSAGE) return false;
    if (Array.isArray(it)) return takes(it.length) && it.every((item) => fits(item, depth + 1));
    if (!isPlain(it)) return false;
    for (const name in it) {
      if (!takes(name.length) || !fits((it as Record<string, unknown>)[name], depth + 1)) return false;
    }
    return true;
  };
  return !fits(value, 0);
}
