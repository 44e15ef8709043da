/**
 * Node's runner over the files that are named, each in a process of its own, and what it tells of them. The runner's
 * command line would do, but for its reporter: on Node 20 it takes none in TypeScript.
 */
import { relative, resolve } from 'node:path';
import type { Transform } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { FILE_PATIENCE_MS } from '../patience.ts';
import { tell, type TestEnd } from './told.ts';

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
      name: `${relative('', file)}: ${name}`,
      ms: details.duration_ms,
      end: isLeftOut ? 'skipped' : end,
    },
  });
}

const files = process.argv.slice(2).map((file) => resolve(file));
tell({ toDo: files.length });
const events = run({ files, concurrency: 1, timeout: FILE_PATIENCE_MS });
events.on('test:complete', ({ name, file, nesting }) => {
  if (nesting === 0 && name === file) tell({ done: 1 });
});
events.on('test:pass', (test) => tellEnd(test, 'passed'));
events.on('test:fail', (test) => {
  process.exitCode = 1;
  tellEnd(test, 'failed');
});
events.compose<Transform>(new spec()).pipe(process.stdout);
