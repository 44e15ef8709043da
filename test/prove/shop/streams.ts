/** Pages that watch their orders, as EventSource does: what they hear, and when they were connected. */
export interface Watcher {
  readonly trackingId: string;
  /** Epoch milliseconds: connected from and until. */
  readonly connections: { readonly from: number; until: number }[];
  readonly heard: { readonly at: number; readonly status: string; readonly rawStatus: string }[];
  stop(): Promise<void>;
}

const RECONNECT_MS = 100;

export function watchOrder(trackingId: string, statusUrl: string): Watcher {
  const leaving = new AbortController();
  const connections: Watcher['connections'] = [];
  const heard: Watcher['heard'] = [];

  async function connect(): Promise<void> {
    const headers = { accept: 'text/event-stream' };
    const { body, ok } = await fetch(statusUrl, { headers, signal: leaving.signal });
    if (!ok || !body) return;
    const connection = { from: Date.now(), until: Number.POSITIVE_INFINITY };
    connections.push(connection);
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data === undefined) continue;
          const { status, rawStatus } = JSON.parse(data) as { status: string; rawStatus: string };
          heard.push({ at: Date.now(), status, rawStatus });
        }
      }
    } finally {
      connection.until = Date.now();
    }
  }

  const life = (async () => {
    while (!leaving.signal.aborted) {
      await connect().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  })();
  return {
    trackingId,
    connections,
    heard,
    stop: () => {
      leaving.abort();
      return life;
    },
  };
}
