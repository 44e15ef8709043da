/** Who calls: an address to block, and a connection to cut where there is one. */
export interface Caller {
  readonly address: string | undefined;
  readonly cut: (() => void) | undefined;
}
