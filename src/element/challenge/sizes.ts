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

/** The largest that fits into the room there is; a bank's page that is wider than its frame cannot be read. */
export function challengeSize(width: number, height: number): ChallengeSize {
  return SIZES.find((size) => size.width <= width && size.height <= height) ?? { code: '05' };
}
