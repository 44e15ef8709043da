/**
 * The part of OpenTelemetry's API that Kassa speaks. `trace.getTracer('kassa')` and `metrics.getMeter('kassa')` of
 * `@opentelemetry/api` are such; nothing of it is imported, so that a shop without it, or at the edge, has none.
 */
export type Attributes = Readonly<Record<string, string | number>>;

export interface Span {
  setAttributes(attributes: Record<string, string | number>): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

export interface Tracer {
  startActiveSpan<T>(
    name: string,
    options: { kind: number; attributes: Record<string, string | number> },
    work: (span: Span) => T,
  ): T;
}

interface Instrument {
  readonly description: string;
  readonly unit: string;
}

export interface Meter {
  createCounter(name: string, options: Instrument): Adds;
  createUpDownCounter(name: string, options: Instrument): Adds;
  createHistogram(name: string, options: Instrument): Records;
}

export interface Adds {
  add(value: number, attributes?: Record<string, string | number>): void;
}
export interface Records {
  record(value: number, attributes?: Record<string, string | number>): void;
}

/** Either may be left out. */
export interface TelemetryOptions {
  readonly tracer?: Tracer;
  readonly meter?: Meter;
}

/** The numbers of OpenTelemetry's `SpanKind` and `SpanStatusCode`. */
export const KIND = { internal: 0, server: 1, client: 2 } as const;
export const FAILED = { code: 2 } as const;
