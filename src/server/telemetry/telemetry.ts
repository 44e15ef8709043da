/**
 * What Kassa tells of itself: spans and counters. Attributes come from closed sets (routes, operations, verdicts, codes
 * of errors): never an id, an amount, a name, a text of somebody's, or anything that was secret.
 */
import { KassaError } from '../../model/errors.ts';
import type { Acceptance } from '../orders/accept.ts';
import { type Attributes, FAILED, KIND, type TelemetryOptions } from './api.ts';

export interface Telemetry {
  /** A request to one of Kassa's routes; `route` is a pattern, never a path. */
  request(method: string, route: string, work: () => Promise<Response>): Promise<Response>;
  /** A question to the gateway. */
  gatewayCall<T>(operation: string, work: () => Promise<T>): Promise<T>;
  /** One change that is judged and handled, wherever it came from. */
  accept(work: () => Promise<Acceptance>): Promise<Acceptance>;
  /** What became of a webhook: how it was judged, or why it was not taken. */
  webhook(verdict: Acceptance | 'refused' | 'failed'): void;
  /** A stream is open until the returned function is called. */
  openStream(): () => void;
}

const MINTS: Readonly<Record<string, string>> = {
  mintCashier: 'deposit',
  mintDirect: 'direct',
  mintWithdrawal: 'withdrawal',
};

export function createTelemetry({ tracer, meter }: TelemetryOptions = {}): Telemetry {
  const webhooks = meter?.createCounter('kassa.webhooks', {
    description: 'Webhooks that came in, by what became of them',
    unit: '{webhook}',
  });
  const mismatches = meter?.createCounter('kassa.mismatches', {
    description: 'Changes that are not what was ordered, and were not accepted',
    unit: '{change}',
  });
  const mints = meter?.createCounter('kassa.mints', {
    description: 'Tokens that the gateway was asked for',
    unit: '{token}',
  });
  const latency = meter?.createHistogram('kassa.gateway.duration', {
    description: 'How long the gateway took to answer, retries included',
    unit: 's',
  });
  const streams = meter?.createUpDownCounter('kassa.streams', {
    description: 'Status streams that are open',
    unit: '{stream}',
  });

  async function inSpan<T>(
    name: string,
    { kind, attributes = {} }: { readonly kind: number; readonly attributes?: Attributes },
    work: () => Promise<T>,
    learnt: (result: T) => Attributes = () => ({}),
  ): Promise<T> {
    if (!tracer) return work();
    return tracer.startActiveSpan(name, { kind, attributes: { ...attributes } }, async (span) => {
      try {
        const result = await work();
        const more = learnt(result);
        span.setAttributes({ ...more });
        if ('error.type' in more) span.setStatus(FAILED);
        return result;
      } catch (error) {
        span.setAttributes({ 'error.type': typeOf(error) });
        span.setStatus(FAILED);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  return {
    request(method, route, work) {
      const attributes = {
        'http.request.method': METHODS.has(method) ? method : '_OTHER',
        'http.route': route,
      };
      const name = `${attributes['http.request.method']} ${route}`;
      return inSpan(name, { kind: KIND.server, attributes }, work, ({ status }) => ({
        'http.response.status_code': status,
        ...(status >= 500 && { 'error.type': String(status) }),
      }));
    },

    async gatewayCall(operation, work) {
      const startedAt = performance.now();
      const attributes = { 'kassa.gateway.operation': operation };
      const ended = (outcome: Attributes): void => {
        latency?.record((performance.now() - startedAt) / 1_000, { ...attributes, ...outcome });
        const flow = MINTS[operation];
        if (flow !== undefined) mints?.add(1, { 'kassa.flow': flow, ...outcome });
      };
      try {
        const result = await inSpan(`gateway ${operation}`, { kind: KIND.client, attributes }, work);
        ended({});
        return result;
      } catch (error) {
        ended({ 'error.type': typeOf(error) });
        throw error;
      }
    },

    async accept(work) {
      const acceptance = await inSpan('kassa accept', { kind: KIND.internal }, work, (result) => ({
        'kassa.acceptance': result,
      }));
      if (acceptance === 'mismatch') mismatches?.add(1);
      return acceptance;
    },

    webhook(verdict) {
      webhooks?.add(1, { 'kassa.webhook.verdict': verdict });
    },

    openStream() {
      let isOpen = true;
      streams?.add(1);
      return () => {
        if (isOpen) streams?.add(-1);
        isOpen = false;
      };
    },
  };
}

/** A method may be any word; an attribute may not. */
const METHODS = new Set(['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** Kassa's own code, else the kind of error; a text may hold anything. */
function typeOf(error: unknown): string {
  if (error instanceof KassaError) return String(error.code);
  return error instanceof Error && KINDS.has(error.name) ? error.name : '_OTHER';
}

const KINDS: ReadonlySet<string> = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'AbortError',
  'TimeoutError',
]);
