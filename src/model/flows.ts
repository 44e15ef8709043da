/** What the shopper came for: pay in, pay in with one given provider, or be paid out. */
export const FLOWS = ['deposit', 'direct', 'withdrawal'] as const;
export type Flow = (typeof FLOWS)[number];

/** Which way the money goes, as seen by the shopper's account; also the gateway's word for the type of a transaction. */
export const DIRECTIONS = ['deposit', 'withdrawal'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The direction of each flow. */
export const DIRECTION_OF = {
  deposit: 'deposit',
  direct: 'deposit',
  withdrawal: 'withdrawal',
} as const satisfies Record<Flow, Direction>;
