/** One row of a table of what a system may answer instead. */
export interface Refusal<Kind extends string> {
  /** HTTP */
  readonly status: number;
  readonly kind: Kind;
  readonly text: string;
}
