/** How large a 3-D Secure challenge is shown: EMV 3-D Secure 2.2, challengeWindowSize 01 to 05. */
export interface ChallengeSize {
  readonly code: '01' | '02' | '03' | '04' | '05';
  /** CSS pixels; none when it takes all the room there is. */
  readonly width?: number;
  readonly height?: number;
}

/** The largest first. */
const SIZES: readonly (ChallengeSize & { readonly width: number; readonly height: number })[] = [
  { code: '03', width: 500, height: 600 },
  { code: '04', width: 600, height: 400 },
  { code: '02', width: 390, height: 400 },
  { code: '01', width: 250, height: 400 },
];

/** A phone has room for 350 pixels: the size for 250 would leave a third of it empty, and all of it is better. */
const LEAST_USED = 0.75;

/** The largest that fits into the room there is; a bank's page that is wider than its frame cannot be read. */
export function challengeSize(width: number, height: number): ChallengeSize {
  const size = SIZES.find((it) => it.width <= width && it.height <= height);
  const wastes = size?.code === '01' && size.width < width * LEAST_USED;
  return size && !wastes ? size : { code: '05' };
}
