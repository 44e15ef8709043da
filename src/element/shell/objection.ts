/** What stands against a wish to leave. A gesture is not a wish: what was typed is gone once the frame is. */
import type { Wish } from './leaving.ts';

/** `busy`: money moves. `challenge`: a payment waits for its bank. `typed`: a form is half filled in. */
export type Objection = 'busy' | 'challenge' | 'typed';

export function objectionTo({ state, isUnsaved }: Wish): Objection | undefined {
  const { phase, locked, knowledge, outcome } = state;
  if (locked) return 'busy';
  if (phase === 'challenge') return phase;
  if (outcome || (phase !== 'ready' && phase !== 'busy') || !isUnsaved) return undefined;
  return knowledge?.status === 'pending' ? 'challenge' : 'typed';
}
