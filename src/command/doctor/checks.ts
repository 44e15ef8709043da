/** What would break the cashier on a page, or make it less safe, each with what to write. Pure: facts in, findings out. */
import { isLoopback } from '../../model/safe-url.ts';
import type { Facts, SessionAnswer } from './facts.ts';
import {
  allows,
  delegating,
  type Directive,
  mayDelegate,
  parsePolicy,
  sourcesFor,
  withSource,
  writePolicy,
} from './policy.ts';

export interface Finding {
  readonly check: string;
  /** `error`: shoppers cannot pay. `warning`: some cannot, or it is less safe than it could be. */
  readonly level: 'error' | 'warning';
  readonly message: string;
  /** The header, attribute or line to write. */
  readonly fix: string;
}

type Check = (facts: Facts) => readonly Finding[];

const finding =
  (level: Finding['level']) =>
  (check: string, message: string, fix: string): Finding => ({ check, level, message, fix });
const error = finding('error');
const warning = finding('warning');

const originOf = (url: string): string => new URL(url).origin;

const secure: Check = ({ url }) => {
  const { protocol, hostname, host } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname)
    ? []
    : [
        error(
          'https',
          'The page is not served by https, so browsers show no cashier on it.',
          `https://${host}`,
        ),
      ];
};

const tag: Check = ({ tags, by, scripts }) => {
  if (tags.length === 0) {
    const say = by === 'browser' ? error : warning;
    const fix = '<kassa-cashier session-url="/kassa/session"></kassa-cashier>';
    return [say('tag', 'There is no <kassa-cashier> on the page.', fix)];
  }
  if (tags.some(({ state }) => state === 'undefined')) {
    const seen = scripts.length > 0 ? scripts.map(({ src }) => src).join(', ') : 'none';
    return [
      error(
        'script',
        `The tag is there, but nothing has registered it; scripts of the page: ${seen}.`,
        '<script type="module" src="/kassa.js"></script>',
      ),
    ];
  }
  return [];
};

const session: Check = ({ url, tags, sessions, by }) => {
  const page = originOf(url);
  if (by === 'http' && tags.some(({ sessionUrl }) => sessionUrl === undefined)) {
    return [
      warning(
        'session',
        'The tag has no session-url; whether its property gives a session, only a browser sees.',
        'session-url="/kassa/session"',
      ),
    ];
  }
  return sessions.flatMap((answer) => sessionFault(answer, page));
};

function sessionFault(answer: SessionAnswer, page: string): readonly Finding[] {
  const { url, status, error: said } = answer;
  if (status === 0)
    return [error('session', `${url} does not answer.`, 'Start the shop’s backend, or correct session-url.')];
  if (said?.code === 'foreign-page') {
    return [error('origin', said.message, `createKassa({ origin: '${page}' })`)];
  }
  // An order that is paid, or being paid, is answered with the payment to follow.
  if (status !== 200 && status !== 409) {
    const message = said?.message ?? 'The answer is not one of Kassa’s.';
    return [
      error(
        'session',
        `${url} answers ${status}: ${message}`,
        said?.hint ?? 'session-url must lead to kassa.fetch.',
      ),
    ];
  }
  const elsewhere = [answer.statusUrl, answer.returnUrl].filter(
    (it) => it !== undefined && originOf(it) !== page,
  );
  if (elsewhere.length === 0) return [];
  return [
    error(
      'origin',
      `The backend takes its page for one of ${originOf(elsewhere[0] ?? '')}; it is one of ${page}.`,
      `createKassa({ origin: '${page}' })`,
    ),
  ];
}

/** What the page has to load, and by which directive. */
function needs({ sessions, scripts, url }: Facts): readonly (readonly [Directive, string])[] {
  const kassa = scripts.filter(({ src }) => /\/kassa(?:[@.-][^/]*)?\.js$/.test(new URL(src).pathname));
  return [
    ...kassa.map(({ src }) => ['script-src', src] as const),
    ...sessions.flatMap(({ url: sessionUrl, statusUrl, cashierUrl }) => [
      ['connect-src', sessionUrl] as const,
      ...(statusUrl === undefined ? [] : [['connect-src', statusUrl] as const]),
      ...(cashierUrl ? [['frame-src', cashierUrl] as const] : []),
    ]),
  ].filter(([, wanted]) => URL.canParse(wanted, url));
}

const csp: Check = (facts) => {
  const page = originOf(facts.url);
  const header = facts.headers['content-security-policy'];
  const texts = [...(header === undefined ? [] : header.split(',')), ...facts.metaPolicies];
  if (texts.length === 0) {
    const cashiers = new Set(
      facts.sessions.flatMap(({ cashierUrl }) => (cashierUrl ? [originOf(cashierUrl)] : [])),
    );
    const frames = [...cashiers].map((it) => ` ${it}`).join('');
    return [
      warning(
        'csp',
        'There is no Content-Security-Policy: a script that should not be there could read what shoppers type into the page (PCI DSS 6.4.3).',
        `Content-Security-Policy: default-src 'self'; script-src 'self'; connect-src 'self'; frame-src${frames || " 'self'"}; object-src 'none'; base-uri 'none'`,
      ),
    ];
  }
  return texts.flatMap((text) => {
    const policy = parsePolicy(text);
    return needs(facts).flatMap(([directive, url]) => {
      const sources = sourcesFor(policy, directive);
      // Whether a nonce or a hash lets a script in, only the browser knows, and says it.
      const isByNonce =
        directive === 'script-src' && sources?.some((it) => /^'(nonce-|sha\d|strict-dynamic)/.test(it));
      if (sources === undefined || isByNonce || allows(sources, url, page)) return [];
      const source = originOf(url) === page ? "'self'" : originOf(url);
      return [
        error(
          `csp ${directive}`,
          `${directive} does not let ${originOf(url)} in, which the cashier needs.`,
          `Content-Security-Policy: ${writePolicy(withSource(policy, directive, source))}`,
        ),
      ];
    });
  });
};

const blocked: Check = ({ blocked: refused }) =>
  refused.map(({ directive, url }) =>
    warning(
      'blocked',
      `The browser refused ${url || 'inline code'} by ${directive}.`,
      `Add it to ${directive}, if it is yours.`,
    ),
  );

const isolation: Check = ({ headers, sessions, hosted }) => {
  const opener = headers['cross-origin-opener-policy']?.split(';')[0]?.trim();
  const embedder = headers['cross-origin-embedder-policy']?.split(';')[0]?.trim();
  const bare = sessions.flatMap(({ cashierUrl }) =>
    cashierUrl && !hosted[cashierUrl]?.['cross-origin-embedder-policy'] ? [originOf(cashierUrl)] : [],
  );
  return [
    ...(opener === 'same-origin'
      ? [
          warning(
            'coop',
            'Cross-Origin-Opener-Policy: same-origin cuts the bank’s window off from the page: the page cannot see that the shopper closed it.',
            'Cross-Origin-Opener-Policy: same-origin-allow-popups',
          ),
        ]
      : []),
    ...(embedder !== undefined && embedder !== 'unsafe-none' && bare.length > 0
      ? [
          error(
            'coep',
            `Cross-Origin-Embedder-Policy: ${embedder} shows only frames that send it too, and the hosted page of ${bare.join(', ')} does not.`,
            'Cross-Origin-Embedder-Policy: unsafe-none',
          ),
        ]
      : []),
  ];
};

/** What the tag hands to its frame. */
const FEATURES = {
  payment: 'wallets such as Apple Pay and Google Pay',
  'publickey-credentials-get': 'passkeys in 3-D Secure',
  'clipboard-write': 'the buttons that copy a bank account',
} as const;

const permissions: Check = ({ headers, sessions }) => {
  const header = headers['permissions-policy'];
  if (header === undefined) return [];
  const cashiers = new Set(sessions.flatMap(({ cashierUrl }) => (cashierUrl ? [originOf(cashierUrl)] : [])));
  return [...cashiers].flatMap((origin) =>
    Object.entries(FEATURES)
      .filter(([feature]) => !mayDelegate(header, feature, origin))
      .map(([feature, use]) =>
        warning(
          `permissions-policy ${feature}`,
          `${feature} is not for ${origin}, so the cashier has to do without ${use}.`,
          `Permissions-Policy: ${delegating(header, feature, origin)}`,
        ),
      ),
  );
};

const mixed: Check = ({ url, scripts, sessions }) => {
  if (new URL(url).protocol !== 'https:') return [];
  const loaded = [
    ...scripts.map(({ src }) => src),
    ...sessions.flatMap(({ url: sessionUrl, cashierUrl, statusUrl }) => [
      sessionUrl,
      cashierUrl ?? '',
      statusUrl ?? '',
    ]),
  ];
  return loaded
    .filter((it) => it.startsWith('http:') && !isLoopback(new URL(it).hostname))
    .map((it) =>
      error(
        'mixed-content',
        `${it} is not https, so browsers do not load it on this page.`,
        it.replace('http:', 'https:'),
      ),
    );
};

const frames: Check = ({ hosted }) =>
  Object.entries(hosted)
    .filter(([, headers]) => /^(deny|sameorigin)$/i.test(headers['x-frame-options']?.trim() ?? ''))
    .map(([url, headers]) =>
      error(
        'frame',
        `${originOf(url)} forbids to be framed (X-Frame-Options: ${headers['x-frame-options']}).`,
        'Its operator must leave that header out, and name your origin in settings.allowed_origins.',
      ),
    );

const integrity: Check = ({ url, scripts }) =>
  scripts
    .filter(({ src, hasIntegrity }) => !hasIntegrity && originOf(src) !== originOf(url))
    .map(({ src }) =>
      warning(
        'integrity',
        `${src} comes from elsewhere without integrity: who changes it there runs on the page of your checkout (PCI DSS 6.4.3).`,
        `<script src="${src}" integrity="sha384-…" crossorigin="anonymous"></script>, with the hash of: curl -s ${src} | openssl dgst -sha384 -binary | openssl base64 -A`,
      ),
    );

const said: Check = ({ errors }) =>
  errors.map(({ code, message, hint }) => error(code, `The tag says: ${message}`, hint));

const CHECKS: readonly Check[] = [
  secure,
  tag,
  session,
  csp,
  isolation,
  permissions,
  mixed,
  frames,
  said,
  blocked,
  integrity,
];

/** Errors first. */
export function examine(facts: Facts): readonly Finding[] {
  const found = CHECKS.flatMap((check) => check(facts));
  const once = [...new Map(found.map((it) => [`${it.check} ${it.message}`, it])).values()];
  return once.sort((one, other) => one.level.localeCompare(other.level));
}
