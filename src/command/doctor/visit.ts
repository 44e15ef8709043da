/** Looks at a page by HTTP: its headers, what its HTML holds, and what the session route answers. */
import type { Facts, SaidError, Script, SessionAnswer, Tag } from './facts.ts';

const WITHIN_MS = 15_000;

export interface Page {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
}

/** @throws the error of `fetch` when nothing answers */
export async function fetchPage(url: string): Promise<Page> {
  const response = await fetch(url, {
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  return { url: response.url, headers: Object.fromEntries(response.headers), html: await response.text() };
}

export type Seen = Pick<Facts, 'metaPolicies' | 'scripts' | 'tags'>;

/** As the server sent it: what scripts add to it, a browser sees. */
export function readHtml({ html, url }: Page): Seen {
  const live = html.replace(/<!--[^]*?-->/g, '');
  const tagsOf = (name: string): readonly ((attribute: string) => string | undefined)[] =>
    [...live.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'gi'))].map(([, attributes = '']) => (wanted) => {
      const [, quoted, single, bare] =
        new RegExp(`(?:^|\\s)${wanted}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ??
        [];
      return (quoted ?? single ?? bare)?.replaceAll('&amp;', '&');
    });
  const absolute = (address: string | undefined): string | undefined =>
    address !== undefined && URL.canParse(address, url) ? new URL(address, url).href : undefined;
  return {
    metaPolicies: tagsOf('meta')
      .filter((read) => read('http-equiv')?.toLowerCase() === 'content-security-policy')
      .map((read) => (read('content') ?? '').replaceAll('&#39;', "'")),
    scripts: tagsOf('script').flatMap((read): Script[] => {
      const src = absolute(read('src'));
      return src === undefined ? [] : [{ src, hasIntegrity: read('integrity') !== undefined }];
    }),
    tags: tagsOf('kassa-cashier').map((read): Tag => ({
      sessionUrl: absolute(read('session-url')),
      flow: read('flow') ?? 'deposit',
    })),
  };
}

/** As the tag asks, in the name of the page. */
export async function askForSession(
  { sessionUrl, flow }: Tag,
  page: string,
): Promise<SessionAnswer | undefined> {
  if (sessionUrl === undefined) return undefined;
  const { origin } = new URL(page);
  const isSameOrigin = new URL(sessionUrl).origin === origin;
  const response = await fetch(sessionUrl, {
    method: 'POST',
    body: JSON.stringify({ flow }),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      origin,
      'sec-fetch-site': isSameOrigin ? 'same-origin' : 'cross-site',
    },
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined);
  if (response === undefined) return { url: sessionUrl, status: 0 };
  const body: unknown = await response.json().catch(() => undefined);
  const {
    token: _,
    error,
    ...told
  } = (body ?? {}) as { token?: string; error?: SaidError } & Partial<SessionAnswer>;
  return {
    url: sessionUrl,
    status: response.status,
    ...(error && { error }),
    ...absoluteOnly('cashierUrl', told.cashierUrl),
    ...absoluteOnly('statusUrl', told.statusUrl),
    ...absoluteOnly('returnUrl', told.returnUrl),
  };
}

const absoluteOnly = <K extends string>(name: K, url: unknown): Partial<Record<K, string>> =>
  typeof url === 'string' && URL.canParse(url) ? ({ [name]: url } as Record<K, string>) : {};

export async function headersOf(url: string): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) }).catch(() => undefined);
  await response?.body?.cancel();
  return Object.fromEntries(response?.headers ?? []);
}
