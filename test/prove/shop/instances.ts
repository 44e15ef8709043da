/** Three processes of the shop, and what stands before them: each request goes to the next one in the round. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../postgres.ts';
import { program } from '../../program.ts';

export interface Instances {
  /** Of the round robin. */
  readonly url: string;
  /** How many ended although nobody killed them. */
  readonly crashes: () => number;
  /** Ends one with SIGKILL, in the middle of whatever it does, and starts it again. */
  kill(index: number): Promise<void>;
  close(): Promise<void>;
}

interface Instance {
  readonly port: number;
  process: ChildProcess;
}

const INSTANCES = 3;
const READY_WITHIN_MS = 60_000;

export async function startInstances(env: Readonly<Record<string, string>>): Promise<Instances> {
  let crashes = 0;
  async function start(instance: Pick<Instance, 'port'>): Promise<ChildProcess> {
    const child = await startInstance(instance.port, env);
    child.once('exit', (_code, signal) => (crashes += signal === 'SIGKILL' ? 0 : 1));
    return child;
  }
  const instances = await Promise.all(
    Array.from({ length: INSTANCES }, async (): Promise<Instance> => {
      const port = await freePort();
      return { port, process: await start({ port }) };
    }),
  );
  const robin = roundRobin(instances.map(({ port }) => port));
  await new Promise<void>((resolve) => robin.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(robin.address() as AddressInfo).port}`,
    crashes: () => crashes,
    async kill(index) {
      const instance = instances[index % INSTANCES];
      if (!instance) return;
      await end(instance.process);
      instance.process = await start(instance);
    },
    async close() {
      robin.close();
      robin.closeAllConnections();
      await Promise.all(instances.map((instance) => end(instance.process)));
    },
  };
}

async function startInstance(port: number, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, program('test/prove/shop/instance.ts'), {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('an instance did not start')), READY_WITHIN_MS);
    child.stdout.once('data', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`an instance ended with ${String(code)} before it was ready`)),
    );
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** The next one that lives; 502 when none does, as a balancer answers. */
function roundRobin(ports: readonly number[]): Server {
  let turn = 0;
  return createServer((request, response) => {
    const port = ports[turn % ports.length];
    turn += 1;
    const forwarded = ask(
      {
        port,
        host: '127.0.0.1',
        method: request.method,
        path: request.url,
        headers: { ...request.headers, 'x-forwarded-host': request.headers.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
        answer.on('close', () => response.end());
      },
    );
    forwarded.on('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  });
}
