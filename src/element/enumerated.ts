import { warn } from './trouble/load.ts';

/** An attribute with a fixed set of words; any other word counts as the first of the set, and its author hears of it. */
export const wordOf = <const T extends string>(words: readonly [T, ...T[]]) => ({
  fromAttribute(value: string | null): T {
    const known = words.find((word) => word === value);
    if (known === undefined && value !== null) warn(value, words);
    return known ?? words[0];
  },
});
