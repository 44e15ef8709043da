/** Looks at a page in a real browser: opens the cashier, and sees what it and the browser say of it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Facts, SaidError } from './facts.ts';
import { openTab, type Tab } from './chromium.ts';
import type { Seen } from './visit.ts';

export type Browsed = Seen & Pick<Facts, 'blocked' | 'errors'>;

/** Before any script of the page. */
const HEAR_ERRORS = `
  window.kassaDoctor = [];
  window.addEventListener('kassa-error', ({ error }) => {
    if (error) window.kassaDoctor.push({ code: error.code, message: error.message, hint: error.hint });
  }, true);
`;

/** Whatever opens it: a trigger, a script of the page, or nobody until a shopper comes. */
const OPEN = `
  for (const tag of document.querySelectorAll('kassa-cashier')) if (tag.state === 'idle') tag.show?.();
`;

const LOOK = `(() => {
  const absolute = (address) => address && URL.canParse(address, location.href) ? new URL(address, location.href).href : undefined;
  return {
    metaPolicies: Array.from(document.querySelectorAll('meta[http-equiv="content-security-policy" i]'), ({ content }) => content),
    scripts: Array.from(document.querySelectorAll('script[src]'), ({ src, integrity }) => ({ src, hasIntegrity: integrity !== '' })),
    tags: Array.from(document.querySelectorAll('kassa-cashier'), (tag) => ({
      sessionUrl: absolute(tag.sessionUrl ?? tag.getAttribute('session-url')),
      flow: tag.getAttribute('flow') ?? 'deposit',
      state: customElements.get('kassa-cashier') ? String(tag.state) : 'undefined',
    })),
    errors: window.kassaDoctor ?? [],
  };
})()`;

type Looked = Seen & { readonly errors: readonly SaidError[] };

/** Until the tag is open or has given up: longer than its own deadline for the hosted page. */
const LONGEST_MS = 20_000;
const LOOK_EVERY_MS = 250;
/** A page that puts the tag in by script has it by then. */
const TAG_WITHIN_MS = 5_000;

export async function browse(url: string, executable: string): Promise<Browsed> {
  const tab = await openTab(executable);
  try {
    const blocked: Facts['blocked'][number][] = [];
    tab.listen((method, parameters) => {
      if (method === 'Audits.issueAdded') blocked.push(...refusalsIn(parameters));
    });
    await tab.send('Page.enable');
    await tab.send('Audits.enable');
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: HEAR_ERRORS });
    await tab.send('Page.navigate', { url });
    const looked = await untilOpen(tab);
    return { ...looked, blocked };
  } finally {
    await tab.close();
  }
}

async function untilOpen(tab: Tab): Promise<Looked> {
  const began = Date.now();
  for (;;) {
    await wait(LOOK_EVERY_MS);
    await evaluate(tab, OPEN);
    const looked = (await evaluate(tab, LOOK)) as Looked | undefined;
    const passed = Date.now() - began;
    if (looked && (passed > LONGEST_MS || isSettled(looked, passed))) {
      // What the browser has to say of it comes after what the tag says.
      await wait(LOOK_EVERY_MS);
      return looked;
    }
    if (passed > 2 * LONGEST_MS) throw new Error('The page cannot be looked into.');
  }
}

function isSettled({ tags, errors }: Looked, passed: number): boolean {
  const isIn = (...states: readonly string[]): boolean =>
    tags.some(({ state }) => state !== undefined && states.includes(state));
  if (isIn('idle', 'loading')) return false;
  // Put in, or registered, by a script that is still to come.
  if (tags.length === 0 || isIn('undefined')) return passed > TAG_WITHIN_MS;
  return !isIn('failed') || errors.length > 0;
}

/** Nothing while the page is on its way to another. */
async function evaluate(tab: Tab, expression: string): Promise<unknown> {
  const { result } = (await tab
    .send('Runtime.evaluate', { expression, returnByValue: true })
    .catch(() => ({ result: undefined }))) as { result?: { value?: unknown } };
  return result?.value;
}

/** As DevTools lists them under Issues. */
function refusalsIn(parameters: unknown): Facts['blocked'] {
  const { issue } = parameters as {
    issue: {
      code: string;
      details: {
        contentSecurityPolicyIssueDetails?: {
          violatedDirective: string;
          blockedURL?: string;
          isReportOnly: boolean;
        };
        mixedContentIssueDetails?: { insecureURL: string; resolutionStatus: string };
        blockedByResponseIssueDetails?: { reason: string; request: { url?: string } };
      };
    };
  };
  const {
    contentSecurityPolicyIssueDetails: policy,
    mixedContentIssueDetails: insecure,
    blockedByResponseIssueDetails: response,
  } = issue.details;
  return [
    ...(policy && !policy.isReportOnly
      ? [{ directive: policy.violatedDirective, url: policy.blockedURL ?? '' }]
      : []),
    ...(insecure?.resolutionStatus === 'MixedContentBlocked'
      ? [{ directive: 'mixed content', url: insecure.insecureURL }]
      : []),
    ...(response ? [{ directive: response.reason, url: response.request.url ?? '' }] : []),
  ];
}
