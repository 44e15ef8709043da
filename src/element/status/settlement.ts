import type { Outcome } from '../../model/outcome.ts';

/** The promise of one outcome. */
export class Settlement {
  settled = false;
  /** Set by the promise below, at once. */
  settle!: (outcome: Outcome) => void;
  readonly promise = new Promise<Outcome>((resolve) => {
    this.settle = (outcome) => {
      this.settled = true;
      resolve(outcome);
    };
  });
}
