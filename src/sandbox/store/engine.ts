/**
 * What takes longest of a start, and needs nothing else of it: the embedded database's code, and the files that it begins
 * with. A process that is a sandbox begins with them, and they come on other threads while it imports the rest.
 */
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { type Bytes, readSnapshot } from './snapshot.ts';

let code: Promise<WebAssembly.Module | undefined> | undefined;
let files: Promise<Bytes | undefined> | undefined;

/** For a process that is nothing but a sandbox: V8's settings are the whole process's. */
export function beginEngine({ withFiles }: { readonly withFiles: boolean }): void {
  // What a second compiler makes of a database's code is no faster at what a sandbox asks, and takes half a second of CPU.
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) {
    setFlagsFromString(flag);
  }
  void engineCode();
  if (withFiles) files ??= readSnapshot();
}

/** Compiled once for all databases of a process; `undefined` where PGlite has to find it itself. */
export const engineCode = (): Promise<WebAssembly.Module | undefined> =>
  (code ??= compile().catch(() => undefined));

/** The files that a database begins with, as a tar of its own. */
export function engineFiles(): Promise<Bytes | undefined> {
  const begun = files ?? readSnapshot();
  files = undefined;
  return begun;
}

async function compile(): Promise<WebAssembly.Module> {
  const beside = import.meta.resolve('@electric-sql/pglite');
  return WebAssembly.compile(await readFile(new URL(/* @vite-ignore */ './pglite.wasm', beside)));
}
