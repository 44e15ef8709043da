/** Kassa as it is published: the benches measure what shops run, not what `tsx` makes of the source. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type * as postgres from 'kassa/postgres';
import type * as sandbox from 'kassa/sandbox';
import type * as server from 'kassa/server';
import { build } from 'vite';
import { library } from '../vite.config.ts';
import { tell } from './report.ts';

export type Server = typeof server;

let built: Promise<unknown> | undefined;

/** `kassa/server` out of a fresh dist/. */
export async function publishedServer(): Promise<Server> {
  await buildLibrary();
  const entry = new URL('../dist/server/index.js', import.meta.url).href;
  return (await import(entry)) as Server;
}

/** `kassa/postgres` out of it. */
export async function publishedPostgres(): Promise<typeof postgres> {
  await buildLibrary();
  const entry = new URL('../dist/postgres/index.js', import.meta.url).href;
  return (await import(entry)) as typeof postgres;
}

/** `dist/` whole, as `npm run build` makes it: the command, the pages, and the prepared database. */
export async function buildSandbox(): Promise<void> {
  tell('building dist/');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
}

/** `kassa/sandbox` out of a fresh dist/. */
export async function publishedSandbox(): Promise<typeof sandbox> {
  await buildSandbox();
  const entry = new URL('../dist/sandbox/index.js', import.meta.url).href;
  return (await import(entry)) as typeof sandbox;
}

function buildLibrary(): Promise<unknown> {
  tell('building dist/');
  return (built ??= build({ ...library, logLevel: 'warn', build: { ...library.build, emptyOutDir: false } }));
}
