/** What the shopper came for: pay in, pay in with one given provider, or be paid out. */
export const FLOWS = ['deposit', 'direct', 'withdrawal'] as const;
export type Flow = (typeof FLOWS)[number];
