/** The gateway, with each question to it seen. */
import { isApiError } from '../errors.ts';
import type { Gateway } from '../gateway/operations.ts';
import type { Telemetry } from './telemetry.ts';

/** As the newest question told: nobody is asked only to find out. */
export type Reachability = 'ok' | 'unreachable' | 'unknown';

export interface WatchedGateway {
  readonly gateway: Gateway;
  readonly reachability: () => Reachability;
}

export function watchGateway(
  gateway: Gateway,
  { gatewayCall }: Pick<Telemetry, 'gatewayCall'>,
): WatchedGateway {
  let newest: Reachability = 'unknown';

  async function seen<T>(operation: string, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await gatewayCall(operation, ask);
      newest = 'ok';
      return answer;
    } catch (error) {
      // A refusal is an answer; an error of the caller's says nothing.
      if (isApiError(error))
        newest = error.kind === 'network' || error.kind === 'timeout' ? 'unreachable' : 'ok';
      throw error;
    }
  }

  return {
    reachability: () => newest,
    // Not a copy: a gateway of the shop's own may be of a class.
    gateway: new Proxy(gateway, {
      get(it, name) {
        const value: unknown = Reflect.get(it, name, it);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          seen(String(name), () => (value as (...given: unknown[]) => Promise<unknown>).apply(it, args));
      },
    }),
  };
}
