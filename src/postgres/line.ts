/** The connection on which one instance hears of the others, and the clock that makes up for it while it is lost. */
import { cryptoRandom, hex128 } from '../model/ids.ts';
import type { Client } from './clients/client.ts';
import { within } from './deadline.ts';
import * as statements from './statements.ts';

export interface Line {
  /** Listens from now on, unless it does. */
  readonly open: () => void;
  /** Tells the other instances that this order has changed. */
  readonly say: (key: string) => void;
  readonly close: () => Promise<void>;
}

export interface LineOptions {
  readonly timeoutMs: number;
  /** Between two looks into the table. */
  readonly lookEveryMs: number;
  /** Another instance has changed the order of this key. */
  readonly onChange: (key: string) => void;
  /** Time to look: the next turn of the clock, or after a time without a connection. Answers whether anybody listens. */
  readonly onLook: () => boolean;
}

const CHANNEL = 'kassa_orders';
/** A connection may be lost without a word: an instance that no longer hears itself listens anew. */
const LOOKS_PER_HEARTBEAT = 10;
const HEARTBEAT = '';

export function createLine<Tx>(client: Client<Tx>, options: LineOptions): Line {
  const { timeoutMs, lookEveryMs, onChange, onLook } = options;
  const instance = hex128(cryptoRandom);
  const untold = new Set<string>();
  let hangUp: (() => Promise<void>) | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let isHeard = true;
  let isClosed = false;
  let looks = 0;

  const send = oneAtATime(async () => {
    const payloads = JSON.stringify([...untold].map((key) => `${instance}:${key}`));
    untold.clear();
    // Whoever does not hear it finds it by looking.
    await within(timeoutMs, client.run(statements.notify({ channel: CHANNEL, payloads }))).catch(
      () => undefined,
    );
  });

  function say(key: string): void {
    untold.add(key);
    send();
  }

  function hear(payload: string): void {
    if (payload.startsWith(instance)) isHeard = true;
    else onChange(payload.slice(instance.length + 1));
  }

  async function listen(): Promise<void> {
    const before = hangUp;
    hangUp = undefined;
    before?.().catch(() => undefined);
    try {
      const stop = await within(timeoutMs, client.listen(CHANNEL, hear));
      if (isClosed) {
        await stop();
        return;
      }
      hangUp = stop;
      // What was said while nobody listened.
      onLook();
    } catch {
      isHeard = false;
    }
  }

  function tick(): void {
    if (!onLook()) return;
    looks += 1;
    if (looks % LOOKS_PER_HEARTBEAT > 0) return;
    if (!isHeard) void listen();
    isHeard = false;
    say(HEARTBEAT);
  }

  return {
    say,
    open() {
      if (timer !== undefined || isClosed) return;
      timer = setInterval(tick, lookEveryMs);
      // At the edge it is a number, and nothing waits for it.
      if (typeof timer === 'object') timer.unref();
      void listen();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await hangUp?.().catch(() => undefined);
    },
  };
}

/** Calls that come while it works are answered together, by one more. `work` must not reject. */
export function oneAtATime(work: () => Promise<void>): () => void {
  let isAtWork = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isAtWork = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isAtWork = false;
  };
  return () => {
    isWanted = true;
    if (!isAtWork) void run();
  };
}
