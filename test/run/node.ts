/**
 * Node's runner over the files that are named, each in a process of its own, and what it tells of them. The runner's
 * command line would do, but for its reporter: on Node 20 it takes none in TypeScript.
 */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Transform } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { FILE_PATIENCE_MS } from '../patience.ts';
import { SHARED_SERVER, startPostgres } from '../postgres.ts';
import { ENGINE_OPTIONS } from '../program.ts';
import { tell, type TestEnd } from './told.ts';
import { type Place, transform } from './transformed.ts';

interface Event {
  readonly data: Place & { readonly name?: string };
}

interface Ended {
  readonly name: string;
  readonly file?: string | undefined;
  readonly details: { readonly duration_ms: number; readonly type?: string };
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
}

function tellEnd({ name, file = '', details, skip, todo }: Ended, end: TestEnd['end']): void {
  // A suite is its tests.
  if (details.type === 'suite') return;
  const isLeftOut = skip !== undefined || todo !== undefined;
  tell({
    test: {
      name: `${relative('', sourceOf({ file }).file ?? '')}: ${name === file ? 'the file itself' : name}`,
      ms: details.duration_ms,
      end: isLeftOut ? 'skipped' : end,
    },
  });
}

const named = process.argv.slice(2);
// The runner would wait for one for ever.
const missing = named.filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`There is no test file ${missing.join(', ')}.`);

const { pathOf, sourceOf, remove } = await transform();
process.once('exit', remove);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Where it failed, in what a person wrote. */
async function* inSource(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  for await (const { data, ...event } of events) {
    const place = sourceOf(data);
    const name = data.name === data.file ? place.file : data.name;
    yield { ...event, data: { ...data, ...place, ...(name !== undefined && { name }) } };
  }
}

/** One for all files, where there are several; each has a database of its own in it. Where there can be none, each says so. */
const server =
  process.env.DATABASE_URL || named.length === 1
    ? undefined
    : // No test stops the machine, so nothing has to be on the disk.
      await startPostgres(['fsync=off', 'max_connections=300']).catch(() => undefined);
if (server) process.env[SHARED_SERVER] = server.url;

const files = named.map(pathOf);
tell({ toDo: files.length });
// The processes of the files inherit the options of this one: they need no tsx any more.
process.execArgv.splice(0, Infinity, '--enable-source-maps', ...ENGINE_OPTIONS);
// One may wait for a clock, a disk or a program while the other counts.
const events = run({ files, concurrency: 2, timeout: FILE_PATIENCE_MS });
events.on('test:complete', ({ name, file, nesting }) => {
  if (nesting === 0 && name === file) tell({ done: 1 });
});
events.on('test:pass', (test) => tellEnd(test, 'passed'));
events.on('test:fail', (test) => {
  process.exitCode = 1;
  tellEnd(test, 'failed');
});
events.once('end', () => void server?.stop());
events.compose<Transform>(inSource).compose<Transform>(new spec()).pipe(process.stdout);
