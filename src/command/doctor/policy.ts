/** As much of Content Security Policy (Level 3) and Permissions Policy as it takes to say whether an origin is let in. */

/** Directives by name, each with its sources. */
export type Policy = ReadonlyMap<string, readonly string[]>;

export function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    // Of one that stands there twice the first counts (CSP3, 2.2.1).
    if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

export const writePolicy = (policy: Policy): string =>
  [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');

/** Who speaks for a directive that is not there. */
const FALLBACKS = {
  'frame-src': ['frame-src', 'child-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
} as const;
export type Directive = keyof typeof FALLBACKS;

/** The sources that count for it; `undefined` where nothing is forbidden. */
export function sourcesFor(policy: Policy, directive: Directive): readonly string[] | undefined {
  const name = FALLBACKS[directive].find((it) => policy.has(it));
  return name === undefined ? undefined : policy.get(name);
}

/** @param page the origin that `'self'` stands for */
export function allows(sources: readonly string[], url: string, page: string): boolean {
  return sources.some((source) => matches(source, new URL(url), page));
}

function matches(source: string, { protocol, hostname, port, origin, pathname }: URL, page: string): boolean {
  const text = source.toLowerCase();
  if (text === "'self'") return origin === page;
  if (text === '*') return /^(https?|wss?):$/.test(protocol);
  if (/^[a-z][a-z0-9+.-]*:$/.test(text))
    return protocol === text || (text === 'http:' && protocol === 'https:');
  const [, scheme, host = '', sourcePort, path] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+|\[[^\]]+\])(?::([0-9]+|\*))?(\/.*)?$/.exec(text) ?? [];
  if (host === '' || host.startsWith("'")) return false;
  const own = scheme === undefined ? new URL(page).protocol : `${scheme}:`;
  if (own !== protocol && !(own === 'http:' && protocol === 'https:')) return false;
  const isHost = host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
  if (!isHost) return false;
  if (sourcePort !== '*' && (sourcePort ?? '') !== port && !(sourcePort === portOf(protocol) && port === ''))
    return false;
  // A path that ends with a slash is a folder, any other a file.
  return (
    path === undefined || path === '/' || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path)
  );
}

const portOf = (protocol: string): string => (protocol === 'https:' ? '443' : '80');

/** The same policy with this source let in; `'none'` stands alone or not at all. */
export function withSource(policy: Policy, directive: Directive, source: string): Policy {
  const sources = (sourcesFor(policy, directive) ?? []).filter((it) => it.toLowerCase() !== "'none'");
  return new Map([...policy, [directive, [...sources, source]]]);
}

/**
 * Whether a feature may be handed to a frame of this origin (Permissions Policy, 9.1): what the header does not name is
 * the page's own to give by `allow`, as the tag does.
 */
export function mayDelegate(header: string, feature: string, origin: string): boolean {
  const [, list] = new RegExp(`(?:^|[,\\s])${feature}\\s*=\\s*(\\([^)]*\\)|\\*|self)`).exec(header) ?? [];
  return list === undefined || /[(\s]?\*/.test(list) || list.includes(`"${origin}"`);
}

/** The header with this origin let use the feature. */
export function delegating(header: string, feature: string, origin: string): string {
  const entry = `${feature}=(self "${origin}")`;
  const named = new RegExp(`${feature}\\s*=\\s*(?:\\([^)]*\\)|\\*|self)`);
  return named.test(header) ? header.replace(named, entry) : [header, entry].filter(Boolean).join(', ');
}
