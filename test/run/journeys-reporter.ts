/** Tells of each journey. One that did not run, because another one of its file failed, has failed. */
import { relative } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { tell } from './told.ts';

export default class JourneysReporter implements Reporter {
  #journeys: readonly TestCase[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#journeys = suite.allTests();
    tell({ toDo: this.#journeys.length });
  }

  onTestEnd(journey: TestCase, { duration, status }: TestResult): void {
    const isSkipped = status === 'skipped' && journey.expectedStatus === 'skipped';
    const end = isSkipped ? 'skipped' : status === journey.expectedStatus ? 'passed' : 'failed';
    tell({ test: { name: nameOf(journey), ms: duration, end } });
    tell({ done: 1 });
  }

  onEnd(): void {
    for (const journey of this.#journeys) {
      if (journey.results.length === 0) tell({ test: { name: nameOf(journey), ms: 0, end: 'failed' } });
    }
  }
}

const nameOf = ({ location, title }: TestCase): string => `${relative('', location.file)}: ${title}`;
