/** The sandbox behind a real socket. */
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';

import { KassaError } from '../model/errors.ts';
import { createSandbox, type SandboxOptions } from './app.ts';
import type { Sandbox } from './parts.ts';

type FetchCallback = Parameters<typeof serve>[0]['fetch'];

export interface ListenOptions extends SandboxOptions {
  /** 0 takes a free one. Default 4010. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1: the sandbox has no secrets, and no business on a network. */
  readonly host?: string | undefined;
}

export interface RunningSandbox extends Sandbox {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
}

const DEFAULT_PORT = 4010;

/** Why the sandbox cannot listen; `message` and `hint` are written to be printed. */
export class ListenError extends KassaError<'port-in-use' | 'cannot-listen'> {}

/** @throws ListenError, StoreError */
export async function startSandbox(options: ListenOptions = {}): Promise<RunningSandbox> {
  const { port = DEFAULT_PORT, host = '127.0.0.1' } = options;
  const sandbox = await createSandbox(options);
  try {
    const { url, stop } = await listen(sandbox, port, host);
    return {
      ...sandbox,
      url,
      close: async () => {
        await stop();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function listen(
  sandbox: Sandbox,
  port: number,
  hostname: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const answer: FetchCallback = (request, env) => {
      const { socket } = (env as HttpBindings).incoming;
      return sandbox.fetch(request, { address: socket.remoteAddress, cut: () => socket.destroy() });
    };
    const server = serve({ fetch: answer, port, hostname }, ({ port: taken }: AddressInfo) => {
      resolve({
        url: `http://${hostname}:${taken}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): ListenError {
  return error.code === 'EADDRINUSE'
    ? new ListenError({
        code: 'port-in-use',
        message: `Port ${port} is in use, so the sandbox cannot start.`,
        hint: `Stop what runs there, or choose another port: npx kassa sandbox --port ${port + 1}, or KASSA_SANDBOX_PORT=${port + 1}`,
        retryable: true,
      })
    : new ListenError({
        code: 'cannot-listen',
        message: `The sandbox cannot listen on port ${port}: ${error.message}`,
        hint: 'Choose another port with KASSA_SANDBOX_PORT.',
        retryable: false,
        cause: error,
      });
}
