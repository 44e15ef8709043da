/** Tells of each test of the browsers' runner, file by file. */
import { relative } from 'node:path';
import type { Reporter, TestSuiteResult } from '@web/test-runner';
import { tell, type TestEnd } from './told.ts';

function* endsOf({ tests, suites }: TestSuiteResult, file: string): Generator<TestEnd> {
  for (const { name, duration = 0, passed, skipped } of tests) {
    yield { name: `${file}: ${name}`, ms: duration, end: skipped ? 'skipped' : passed ? 'passed' : 'failed' };
  }
  for (const suite of suites) yield* endsOf(suite, file);
}

export const browserReporter = (): Reporter => ({
  start({ sessions, testFiles }) {
    tell({ toDo: testFiles.length });
    sessions.on('session-status-updated', ({ status, testResults, testFile }) => {
      if (status !== 'FINISHED') return;
      const file = relative('', testFile);
      if (testResults) for (const test of endsOf(testResults, file)) tell({ test });
      tell({ done: 1 });
    });
  },
});
