/** Two variants measured in turn, in one run: medians, and their ratio. */
import type { Browser, Page } from 'playwright-core';
import { median, ratioOfMedians } from './statistics.ts';

/** Not counted: the browser's own first times. */
const WARM_UPS = 2;

interface Comparison {
  readonly rounds: number;
  /** Milliseconds of one variant, in a tab of a browser context of its own: cold caches, cold processes. */
  readonly measure: (tab: Page, variant: string) => Promise<number>;
}

export async function compare(
  browser: Browser,
  variants: readonly [subject: string, floor: string],
  { rounds, measure }: Comparison,
): Promise<void> {
  const [subject, floor] = variants;
  const times: Record<string, number[]> = { [subject]: [], [floor]: [] };
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    for (const variant of [...variants].sort(() => Math.random() - 0.5)) {
      const context = await browser.newContext();
      const ms = await measure(await context.newPage(), variant);
      if (round >= 0) times[variant]?.push(ms);
      await context.close();
    }
  }
  const [ours = [], theirs = []] = [times[subject], times[floor]];
  const { value, low, high } = ratioOfMedians(ours, theirs);
  console.log(`  ${floor.padEnd(6)} median ${Math.round(median(theirs))} ms`);
  console.log(`  ${subject.padEnd(6)} median ${Math.round(median(ours))} ms`);
  console.log(`  ${subject} / ${floor}  ${value.toFixed(2)}  [${low.toFixed(2)}, ${high.toFixed(2)}]`);
}
