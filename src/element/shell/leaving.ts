/** Whether a wish to leave has to be asked about at all; what stands against it is `objection.ts`, fetched with the question. */
import type { State } from '../machine/machine.ts';

export interface Wish {
  readonly state: State;
  /**
   * The hosted page's own word; of one that does not say, whether it may have been a slip of a shopper who has been in it.
   */
  readonly isUnsaved: boolean;
}

export const mayCost = ({ state, isUnsaved }: Wish): boolean =>
  isUnsaved || state.locked || state.phase === 'challenge';
