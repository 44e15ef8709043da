/**
 * The cashier as HTML, with its frame already in it: the hosted page then loads along with the shop's page, before any
 * script, and the element takes the frame over without a reload.
 */
import { languageTag } from '../../model/languages.ts';
import { frameAttributes } from '../../model/cashier-frame.ts';
import { cryptoRandom, hex128, type Random } from '../../model/ids.ts';
import type { Session } from '../../wire/session.ts';

export interface RenderOptions {
  /** The exact origin of the page that the HTML goes into. Default: that of the session's status URL. */
  readonly origin?: string;
  /** BCP 47: the language of the hosted page. */
  readonly lang?: string;
  /** The frame's accessible name until the element gives it one in the shopper's language. */
  readonly title?: string;
  /** More attributes of the tag, such as `session-url`, which a second attempt needs. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly random?: Random;
}

/** The element's own lowest height, until the hosted page says what it needs. */
const HEIGHT = '432';

/**
 * Put it where the tag would stand, in a page that is never cached: it holds the session's token.
 *
 * @throws TypeError when neither the options nor the session say which origin the page has
 */
export function renderCashier(session: Session, options: RenderOptions = {}): string {
  const { lang, title = 'Secure payment', attributes = {}, random = cryptoRandom } = options;
  const json = JSON.stringify(session).replaceAll('<', '\\u003c');
  const script = `<script type="application/json">${json}</script>`;
  const tag = (...inside: readonly string[]): string =>
    [`<kassa-cashier${attributesOf(attributes)}>`, ...inside, '</kassa-cashier>'].join('\n');
  // A page that the shopper is sent to is not framed; the tag asks, and then leads there.
  if (session.url !== undefined) return tag(script);
  const frame = {
    slot: 'frame',
    ...frameAttributes({
      cashierUrl: new URL(session.cashierUrl),
      token: session.token,
      lang: languageTag(lang),
      nonce: hex128(random),
      origin: options.origin ?? originOf(session),
    }),
    title,
    width: '100%',
    height: HEIGHT,
    frameborder: '0',
  };
  return tag(`<iframe${attributesOf(frame)}></iframe>`, script);
}

function originOf({ statusUrl }: Session): string {
  if (statusUrl !== undefined && URL.canParse(statusUrl)) return new URL(statusUrl).origin;
  throw new TypeError('renderCashier: say the origin of your page: renderCashier(session, { origin }).');
}

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
