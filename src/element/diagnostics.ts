/** A ring of the last things that happened, safe to paste into a bug report: names and codes, never a token or URL. */
export interface DiagnosticEntry {
  /** Milliseconds since the element was made. */
  readonly at: number;
  readonly what: string;
}

const KEPT = 200;

export class Diagnostics {
  readonly #entries: DiagnosticEntry[] = [];
  readonly #start = performance.now();

  note(what: string): void {
    this.#entries.push({ at: Math.round(performance.now() - this.#start), what });
    if (this.#entries.length > KEPT) this.#entries.shift();
  }

  read(): readonly DiagnosticEntry[] {
    return [...this.#entries];
  }
}
