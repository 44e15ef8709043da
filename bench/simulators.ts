/**
 * The sandbox beside what people mock an API with: from the start of the process to its first token, and tokens minted with
 * 64 requests under way. All are asked the same by the same client. Prism and Mockoon serve the sandbox's own description;
 * WireMock and json-server are told the one route. Only the sandbox keeps a token that can be paid with afterwards.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayOpenApi } from '../src/sandbox/openapi/gateway.ts';
import { createGateway } from '../src/server/index.ts';
import { order } from '../test/fixtures/order.ts';
import { freePort } from '../test/postgres.ts';
import { folderOf } from './peers.ts';
import { buildSandbox } from './published.ts';
import { type Bench, callMany, compare, type Variant } from './report.ts';

const TOKEN = 'FikkCvjt3WuQBJbvTMBcQWmOHnSRkIqNLYEmzsvLxUyPDKaZXe';
const API_KEY = 'dev_kassa_0001';
const PATH = '/gateway/api/v1/cashier';
const AT_ONCE = 64;
const MINTS = 640;
const START_PATIENCE_MS = 60_000;

interface Simulator {
  readonly name: string;
  /** Of the process, after `node` or what `program` names. */
  readonly args: readonly string[];
  readonly program?: string;
  readonly path?: string;
  readonly goals?: { readonly start: number; readonly mint: number };
}

const BARE = `import { createServer } from 'node:http';
createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => {
    JSON.parse(text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"token":"${TOKEN}"}');
  });
}).listen(Number(process.env.KASSA_SANDBOX_PORT), '127.0.0.1');`;

/** WireMock's package brings the program, and the machine Java. */
async function wiremock(port: number, folder: string): Promise<readonly Simulator[]> {
  const installed = folderOf('wiremock');
  if (installed === undefined) return [];
  if (spawnSync('java', ['-version']).error) {
    console.log('  wiremock is not measured: there is no Java');
    return [];
  }
  const stubs = join(folder, 'wiremock');
  await mkdir(join(stubs, 'mappings'), { recursive: true });
  const stub = {
    request: { method: 'POST', url: PATH },
    response: { status: 200, jsonBody: { token: TOKEN } },
  };
  await writeFile(join(stubs, 'mappings', 'cashier.json'), JSON.stringify(stub));
  const [jar = ''] = await readdir(join(installed, 'build'));
  const args = ['-jar', join(installed, 'build', jar), '--port', String(port), '--root-dir', stubs];
  return [{ name: 'wiremock', program: 'java', args: [...args, '--no-request-journal'] }];
}

/** The floor first. What the peers read is written to `folder`. */
async function simulatorsIn(folder: string, port: number): Promise<readonly Simulator[]> {
  const described = join(folder, 'gateway.json');
  await writeFile(described, JSON.stringify(gatewayOpenApi(`http://127.0.0.1:${port}`)));
  const rows = join(folder, 'rows.json');
  await writeFile(rows, JSON.stringify({ cashier: [] }));
  const peer = (name: string, file: string, ...args: readonly string[]): readonly Simulator[] => {
    const installed = folderOf(name);
    return installed === undefined ? [] : [{ name, args: [join(installed, file), ...args] }];
  };
  const there = ['--host', '127.0.0.1', '--port', String(port)];
  const withPath = (path: string) => (simulator: Simulator) => ({ ...simulator, path });
  return [
    { name: 'bare node:http', args: ['--input-type=module', '-e', BARE] },
    { name: 'kassa', args: ['dist/command/bin.js', 'sandbox'], goals: { start: 4, mint: 3 } },
    ...peer('@stoplight/prism-cli', 'dist/index.js', 'mock', described, ...there, '-v', 'silent').map(
      withPath('/api/v1/cashier'),
    ),
    ...peer('@mockoon/cli', 'bin/run.js', 'start', '--data', described, '--port', String(port), '-X'),
    ...peer('json-server', 'lib/cli/bin.js', rows, ...there, '--quiet').map(withPath('/cashier')),
    ...(await wiremock(port, folder)),
  ];
}

interface Running {
  readonly startMs: number;
  readonly mint: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The documents' own order, under an id of its own each time. */
async function mintBody(): Promise<() => string> {
  let body = '';
  const gateway = createGateway({
    apiKey: API_KEY,
    baseUrl: 'http://127.0.0.1',
    signaturePassword: 'spg_test_kassa_0001',
    fetch: (_url, init) => {
      if (typeof init?.body === 'string') body = init.body;
      return Promise.resolve(Response.json({ token: TOKEN }));
    },
  });
  await gateway.mintCashier(order('TRACKING'));
  return () => body.replace('TRACKING', randomUUID());
}

async function start(simulator: Simulator, port: number, body: () => string): Promise<Running> {
  const { program = process.execPath, args, path = PATH, name } = simulator;
  const url = `http://127.0.0.1:${port}${path}`;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const startedAt = performance.now();
  const child = spawn(program, args, {
    stdio: 'ignore',
    // As a user starts it: vite, which built, has set NODE_ENV here.
    env: { ...process.env, NODE_ENV: undefined, KASSA_SANDBOX_PORT: String(port) },
  });
  const mint = (): Promise<void> => post(url, body(), agent);
  const stop = async (): Promise<void> => {
    agent.destroy();
    if (child.exitCode !== null) return;
    const isOver = once(child, 'exit');
    child.kill('SIGKILL');
    await isOver;
  };
  for (;;) {
    const fault: unknown = await mint().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (fault === undefined) return { startMs: performance.now() - startedAt, mint, stop };
    if (child.exitCode !== null || performance.now() - startedAt > START_PATIENCE_MS) {
      await stop();
      throw new Error(`${name} mints nothing at ${url}`, { cause: fault });
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function post(url: string, body: string, agent: Agent): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      const { statusCode = 0 } = response;
      response
        .resume()
        .on('end', () => {
          if (statusCode < 300) resolve();
          else reject(new Error(`HTTP ${statusCode}`));
        })
        .on('error', reject);
    })
      .on('error', reject)
      .end(body);
  });
}

async function mintMany({ mint }: Running): Promise<number> {
  const startedAt = performance.now();
  await callMany(MINTS, AT_ONCE, mint);
  return ((performance.now() - startedAt) * 1_000) / MINTS;
}

export async function benchSimulators(bench: Bench): Promise<void> {
  await buildSandbox();
  const body = await mintBody();
  const folder = await mkdtemp(join(tmpdir(), 'kassa-bench-'));
  const port = await freePort();
  const simulators = await simulatorsIn(folder, port);
  const measured = (what: 'start' | 'mint', measure: (running: Running) => number | Promise<number>) =>
    simulators.map((simulator): Variant => ({
      name: simulator.name,
      async measure() {
        const running = await start(simulator, port, body);
        try {
          return await measure(running);
        } finally {
          await running.stop();
        }
      },
      ...(simulator.goals && { goal: simulator.goals[what] }),
    }));
  try {
    const rounds = Math.min(bench.rounds, 20);
    await compare(
      bench,
      { name: 'process start to first token', unit: 'ms', rounds, warmUps: 1 },
      measured('start', ({ startMs }) => startMs),
    );
    await compare(
      bench,
      { name: `mint at a simulator, ${AT_ONCE} in flight`, unit: 'µs', rounds, warmUps: 1 },
      // The first ones compile what the rest run.
      measured('mint', async (running) => {
        await mintMany(running);
        return mintMany(running);
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
