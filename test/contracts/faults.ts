/** What a fault costs a client, for each kind of fault; by the header, so that each request can be counted. */
import assert from 'node:assert/strict';
import type { Surroundings } from '../../src/server/http/client-options.ts';
import { isApiError } from '../../src/server/errors.ts';
import { refusalOf } from '../refusal.ts';

const KINDS = ['500', '502', 'timeout', 'reset', 'half'] as const;

/** One more request for a fault that passes, five in all for one that stays. */
export async function countRequests(write: (client: Surroundings) => Promise<unknown>): Promise<void> {
  for (const fault of KINDS) {
    let asked = 0;
    const client = (faulty: number, timeoutMs: number): Surroundings => ({
      timeoutMs,
      sleep: () => Promise.resolve(),
      fetch: (url, init) => {
        asked += 1;
        const headers = new Headers(init?.headers);
        if (asked <= faulty) headers.set('x-sandbox-fault', fault);
        return fetch(url, { ...init, headers });
      },
    });
    await write(client(1, 2_000));
    assert.equal(asked, 2, fault);
    asked = 0;
    // No answer ever comes: waiting longer would show nothing more.
    await refusalOf(write(client(99, 300)), isApiError);
    assert.equal(asked, 5, fault);
  }
}
