/** Which pages there are and in which order: for the side bar, and for llms.txt. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MADE = /^(?:(?:node_modules|api|\.vitepress|public)\/|changes\.md$)/;

const GROUPS = [
  ['Start', ['start/index', 'start/express', 'start/hono', 'start/next', 'start/others', 'start/frameworks']],
  ['How it works', ['how-it-works', 'tag', 'events', '3-d-secure', 'errors']],
  ['Your backend', ['backend', 'production', 'command-line', 'testing']],
  ['Going live', ['going-live', 'assumptions']],
  ['Make it yours', ['theming', 'analytics']],
  ['Moving here', ['migrate/iframe', 'migrate/paymentiq', 'migrate/stripe']],
  ['For operators of a hosted page', ['protocol']],
];

/** Every page but the first one, without `.md`; those of the API are made when the site is. */
export const PAGES = readdirSync(ROOT, { recursive: true })
  .map((path) => String(path))
  .filter((path) => path.endsWith('.md') && path !== 'index.md' && !MADE.test(path))
  .map((path) => path.slice(0, -'.md'.length))
  .sort();

export const readPage = (page) => readFileSync(`${ROOT}/${page}.md`, 'utf8');
export const titleOf = (text) => /^# (.+)$/m.exec(text)?.[1] ?? '';
/** The sentence that a page begins with, without its links. */
export const summaryOf = (text) => {
  const [, paragraph = ''] = /^# .+\n+((?:(?!```|<<<|[#|]).+\n)+)/m.exec(text) ?? [];
  const plain = paragraph
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.*?[.:](?= [A-Z]|$)/.exec(plain)?.[0] ?? plain;
};

const listed = GROUPS.flatMap(([, pages]) => pages);
const unlisted = PAGES.filter((page) => !listed.includes(page));

/** A page that nobody has given a place is found all the same. */
export const SIDEBAR = [...GROUPS, ['More', unlisted]]
  .map(([text, pages]) => ({
    text,
    items: pages
      .filter((page) => PAGES.includes(page))
      .map((page) => ({ text: titleOf(readPage(page)), link: `/${page.replace(/index$/, '')}`, page })),
  }))
  .filter(({ items }) => items.length > 0);
