/** Asking again and again, politely: nine questions in the first minute, then one every ten seconds. */
const PAUSES_MS = [1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

/**
 * How long to wait after this many questions, in milliseconds. The jitter of a fifth either way keeps the pages of a
 * shop that comes back from all asking in the same instant.
 */
export function pauseAfter(asked: number, random: () => number): number {
  const pause = PAUSES_MS[Math.min(asked, PAUSES_MS.length - 1)] ?? 0;
  return pause * (0.8 + 0.4 * random());
}
