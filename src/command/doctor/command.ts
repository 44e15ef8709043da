/** `kassa doctor`: looks at a shop's page, and says what would break the cashier on it, with the exact line to write. */
import { styleText } from 'node:util';
import { Command, Option } from '../commander.ts';
import { failed } from '../errors.ts';
import { readUrl } from '../values.ts';
import { browse } from './browse.ts';
import { examine, type Finding } from './checks.ts';
import { findChromium } from './chromium.ts';
import type { Facts } from './facts.ts';
import { askForSession, fetchPage, headersOf, readHtml } from './visit.ts';

export const doctorCommand = () =>
  new Command('doctor')
    .description('looks at your page in a real browser, and says what would break the cashier on it')
    .argument('<url>', 'of the page that holds the tag', readUrl)
    .option('--json', 'for programs')
    .option('--no-browser', 'by HTTP alone: its headers, its HTML and its session route')
    .addOption(
      new Option('--fail-on <level>', 'what makes the exit code 1')
        .choices(['error', 'warning'] as const)
        .default('error' as const),
    )
    .addHelpText(
      'after',
      '\nIt opens a session, as a shopper’s page does, and pays nothing. CHROME_PATH names the browser.',
    )
    .action(async (url, { json, browser, failOn }) => {
      const facts = await gather(url, browser);
      const findings = examine(facts);
      console.log(
        json ? JSON.stringify({ url: facts.url, by: facts.by, findings }, null, 2) : report(facts, findings),
      );
      const isBad = findings.some(({ level }) => level === 'error' || failOn === 'warning');
      if (isBad) process.exitCode = 1;
    });

async function gather(url: string, withBrowser: boolean): Promise<Facts> {
  const page = await fetchPage(url).catch(() => {
    throw failed('refused', `${url} does not answer.`, 'Start the shop, or correct the address.');
  });
  const executable = withBrowser ? await findChromium() : undefined;
  const seen =
    executable === undefined
      ? { ...readHtml(page), blocked: [], errors: [] }
      : await browse(page.url, executable);
  const answers = await Promise.all(seen.tags.map((tag) => askForSession(tag, page.url)));
  const sessions = answers.filter((answer) => answer !== undefined);
  const cashiers = sessions.flatMap(({ cashierUrl }) => (cashierUrl ? [cashierUrl] : []));
  const hosted = await Promise.all(cashiers.map(async (it) => [it, await headersOf(it)] as const));
  return {
    ...seen,
    url: page.url,
    headers: page.headers,
    by: executable === undefined ? 'http' : 'browser',
    sessions,
    hosted: Object.fromEntries(hosted),
  };
}

const MARKS = { error: styleText('red', '✗'), warning: styleText('yellow', '!') } as const;

function report({ url, by, tags }: Facts, findings: readonly Finding[]): string {
  const how =
    by === 'browser'
      ? 'in a real browser'
      : 'by HTTP alone: no Chromium was found or wanted (CHROME_PATH names one)';
  const states = tags.flatMap(({ state }) => (state === undefined ? [] : [state])).join(', ');
  const lines = findings.map(
    ({ check, level, message, fix }) => `${MARKS[level]} ${check}: ${message}\n    ${fix}`,
  );
  const count = (level: Finding['level']): number => findings.filter((it) => it.level === level).length;
  const end =
    findings.length === 0
      ? `${styleText('green', '✓')} Nothing stands in the cashier’s way.`
      : `${count('error')} errors, ${count('warning')} warnings`;
  return [`${url}, ${how}${states === '' ? '' : `; the tag is ${states}`}`, ...lines, end].join('\n\n');
}
