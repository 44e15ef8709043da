/**
 * What the reporters tell `npm test` while their runner works: a line each, between the words for people. Whoever starts
 * a runner by hand does not see them.
 */

/** How a test ended, and how long it took. */
export interface TestEnd {
  readonly name: string;
  readonly ms: number;
  readonly end: 'passed' | 'failed' | 'skipped';
}

export type Told =
  /** How many files or tests there are to do. */
  | { readonly toDo: number }
  /** How many more of them are done. */
  | { readonly done: number }
  | { readonly test: TestEnd };

/** Set by `npm test` for the runners it starts. */
export const LISTENS = 'KASSA_TEST_RUN';

/** ASCII's unit separator: no runner says it. */
const MARK = '\u001f';

export function tell(told: Told): void {
  if (process.env[LISTENS]) process.stdout.write(`${MARK}${JSON.stringify(told)}\n`);
}

/** Takes what was told out of a line; the words for people are what is left. */
export function readLine(line: string): { readonly words: string; readonly told?: Told } {
  const [words = '', told] = line.split(MARK);
  return { words, ...(told !== undefined && { told: JSON.parse(told) as Told }) };
}
