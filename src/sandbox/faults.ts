/** Faults on demand: by the header `x-sandbox-fault` for one request, or armed for the next ones at `/_sandbox/faults`. */
import * as z from 'zod';
import type { Context, MiddlewareHandler } from 'hono';
import { isGatewayCode } from '../model/gateway/codes.ts';
import { isNixoCode } from '../model/nixo/codes.ts';
import { isNxosCode } from '../model/nxos/codes.ts';
import type { Caller } from './caller.ts';

/**
 * `500`: the system itself is at fault, and says so in its own form. `502`: HTML as a proxy in front of it sends it.
 * `timeout`: no answer. `reset`: the connection is cut. `half`: a cut body.
 * `lost`: it is done, and the connection is cut before the answer. Else a code of the system's own.
 */
const FAULTS = ['500', '502', 'timeout', 'reset', 'half', 'lost'] as const;

const FAULT_HEADER = 'x-sandbox-fault';

const faultName = z
  .string()
  .refine(
    (name) =>
      FAULTS.some((fault) => fault === name) ||
      isGatewayCode(Number(name)) ||
      isNixoCode(name) ||
      isNxosCode(name),
    {
      message: `Use one of ${FAULTS.join(', ')}, a gateway code such as 1025, or a code of Nixo or Nxos such as rate_limit_exceeded`,
    },
  );

/** The body of `POST /_sandbox/faults`. */
export const faultRequest = z.strictObject({
  /** A part of the path, such as `/api/v1/cashier`. */
  match: z.string().min(1),
  fault: faultName,
  /** How many requests it hits. */
  times: z.number().int().min(1).max(1_000).default(1),
});
export type FaultRequest = z.infer<typeof faultRequest>;

export interface Faults {
  readonly armed: readonly FaultRequest[];
  arm(fault: FaultRequest): void;
  /** The fault for this path, if one is armed; each use counts. */
  take(path: string): string | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let armed: readonly FaultRequest[] = [];
  return {
    get armed() {
      return armed;
    },
    arm(fault) {
      armed = [...armed, fault];
    },
    take(path) {
      const hit = armed.find(({ match }) => path.includes(match));
      if (!hit) return undefined;
      armed = armed
        .map((fault) => (fault === hit ? { ...fault, times: fault.times - 1 } : fault))
        .filter(({ times }) => times > 0);
      return hit.fault;
    },
    clear() {
      armed = [];
    },
  };
}

const HTML = { 'content-type': 'text/html' };
/** Longer than any client waits; the answer never comes. */
const NEVER_MS = 120_000;

/** Before a system's routes: the fault of this request, if there is one. `refusal` knows its own codes, and its 500. */
export function injectFaults(
  faults: Faults,
  caller: (request: Context) => Caller,
  refusal: (fault: string) => Error | undefined,
): MiddlewareHandler {
  return async (context, next) => {
    const wanted = context.req.header(FAULT_HEADER);
    const fault =
      wanted !== undefined && faultName.safeParse(wanted).success ? wanted : faults.take(context.req.path);
    if (fault === undefined) return next();
    const refused = refusal(fault);
    if (refused) throw refused;
    if (fault === 'lost') await next();
    return actOut(fault, caller(context).cut);
  };
}

/** Acts a fault out. `cut` ends the connection without an answer, where there is one. */
async function actOut(fault: string, cut: (() => void) | undefined): Promise<Response> {
  switch (fault) {
    case '502':
      return new Response('<html><h1>502 Bad Gateway</h1></html>', { status: 502, headers: HTML });
    case 'timeout':
      await new Promise((resolve) => setTimeout(resolve, NEVER_MS).unref());
      return new Response(null, { status: 504 });
    case 'half':
      return new Response('{"token":"abc', { headers: { 'content-type': 'application/json' } });
    default:
      cut?.();
      return new Response(null, { status: 502 });
  }
}
