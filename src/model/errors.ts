export interface KassaErrorInit<Code extends string> {
  readonly code: Code;
  readonly message: string;
  /** What the reader can do about it, as a full sentence. */
  readonly hint: string;
  /** Whether doing the same again may work without changing anything. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/**
 * The base of every error Kassa throws or reports. Branch on `code`, never on the text.
 * No key, token or card data ever goes into `message` or `hint`.
 */
export class KassaError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly hint: string;
  readonly retryable: boolean;

  constructor(init: KassaErrorInit<Code>) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = new.target.name;
    this.code = init.code;
    this.hint = init.hint;
    this.retryable = init.retryable;
  }
}
