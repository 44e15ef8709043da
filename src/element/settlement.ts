import type { Outcome } from '../model/outcome.ts';

/** The promise of one outcome. */
export class Settlement {
  settled = false;
  settle: (outcome: Outcome) => void = () => undefined;
  readonly promise = new Promise<Outcome>((resolve) => {
    this.settle = (outcome) => {
      this.settled = true;
      resolve(outcome);
    };
  });
}
