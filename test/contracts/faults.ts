/** What a fault costs a client, for each kind of fault; by the header, so that each request can be counted. */
import assert from 'node:assert/strict';
import type { Surroundings } from '../../src/server/http/client-options.ts';
import { isApiError } from '../../src/server/errors.ts';
import { PATIENCE_MS } from '../patience.ts';
import { refusalOf } from '../refusal.ts';

const KINDS = ['500', '502', 'timeout', 'reset', 'half'] as const;

/** One more request for a fault that passes, five in all for one that stays. */
export async function countRequests(write: (client: Surroundings) => Promise<unknown>): Promise<void> {
  for (const fault of KINDS) {
    let asked = 0;
    const client = (faulty: number): Surroundings => ({
      // No answer ever comes: waiting longer would show nothing more.
      timeoutMs: fault === 'timeout' ? 300 : PATIENCE_MS,
      sleep: () => Promise.resolve(),
      fetch: (url, init) => {
        asked += 1;
        // The answer that does come is waited for.
        if (asked > faulty) return fetch(url, { ...init, signal: null });
        const headers = new Headers(init?.headers);
        headers.set('x-sandbox-fault', fault);
        return fetch(url, { ...init, headers });
      },
    });
    await write(client(1));
    assert.equal(asked, 2, fault);
    asked = 0;
    await refusalOf(write(client(99)), isApiError);
    assert.equal(asked, 5, fault);
  }
}
