/** A server that answers as it is told, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach } from 'node:test';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown;
}

interface Answering {
  readonly url: string;
  readonly asked: Asked[];
  /** One for each request; the last one stays. */
  answers: Told[];
  close(): void;
}

async function startAnswering(): Promise<Answering> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, url, headers, body });
      const [told = {}] = answering.answers.length > 1 ? answering.answers.splice(0, 1) : answering.answers;
      const { body: said = {} } = told;
      const isWritten = typeof said === 'string' || said instanceof Uint8Array;
      response.writeHead(told.status ?? 200, told.headers).end(isWritten ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answering: Answering = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers: [],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return answering;
}

/** One for all tests of a file. `hurried` makes a client that waits for nothing and always draws the longest pause. */
export function useAnswering() {
  let server: Answering | undefined;
  const running = (): Answering => {
    if (!server) throw new Error('the server is there from the first test on');
    return server;
  };
  const pauses: number[] = [];
  before(async () => {
    server = await startAnswering();
  });
  after(() => running().close());
  beforeEach(() => {
    running().asked.length = 0;
    pauses.length = 0;
  });
  return {
    get server() {
      return running();
    },
    /** Between attempts, in milliseconds. */
    pauses,
    hurried: {
      random: () => 1,
      sleep: (ms: number) => {
        pauses.push(ms);
        return Promise.resolve();
      },
    },
  };
}
