/** A line to PostgreSQL that can be cut at a chosen moment: by a reset, as a server that is killed leaves it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is about to pass, and who sent it. */
export type Cut = (bytes: Buffer, from: 'client' | 'server') => boolean;

export interface CuttingLine {
  /** The same database, through this line. */
  readonly url: string;
  /** Resets the connection on which `cut` first answers yes, before those bytes arrive. Answers whether it has. */
  cutOnce(cut: Cut): () => boolean;
  cutNone(): void;
  close(): Promise<void>;
}

export async function createCuttingLine(databaseUrl: string): Promise<CuttingLine> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  let cut: Cut | undefined;
  const server = createServer((client) => {
    const far = connect(Number(port || 5432), hostname);
    const sockets = [client, far];
    const reset = (): void => {
      cut = undefined;
      client.resetAndDestroy();
      far.destroy();
    };
    const pass = (from: 'client' | 'server', to: Socket) => (bytes: Buffer) => {
      if (cut?.(bytes, from) === true) reset();
      else if (!to.destroyed) to.write(bytes);
    };
    for (const socket of sockets) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        for (const other of sockets) other.destroy();
      });
    }
    client.on('data', pass('client', far));
    far.on('data', pass('server', client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutOnce(chosen) {
      cut = chosen;
      return () => cut !== chosen;
    },
    cutNone: () => (cut = undefined),
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
