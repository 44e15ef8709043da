/** What stands against a wish to leave. A gesture is not a wish: what was typed is gone once the frame is. */
import type { State } from '../machine/machine.ts';

/** `busy`: money moves. `challenge`: a payment waits for its bank. `typed`: a form is half filled in. */
export type Objection = 'busy' | 'challenge' | 'typed';

/**
 * `unsaved` is the hosted page's own word; of one that does not say, `isDoubtful` does: a slip may have been no wish, and
 * the shopper has been in there.
 */
export function objectionTo(
  { phase, locked, knowledge, outcome }: State,
  unsaved: boolean | undefined,
  isDoubtful: boolean,
): Objection | undefined {
  if (locked) return 'busy';
  if (phase === 'challenge') return phase;
  if (outcome || (phase !== 'ready' && phase !== 'busy') || !(unsaved ?? isDoubtful)) return undefined;
  return knowledge?.status === 'pending' ? 'challenge' : 'typed';
}
