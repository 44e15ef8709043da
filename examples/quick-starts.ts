/** The README's quick starts, copied as they stand into projects that are installed and driven like the other examples. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

interface QuickStart {
  /** As the README calls it. */
  readonly title: string;
  /** What the README takes for granted: an app of that framework. */
  readonly app?: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
}

/** What `create-next-app` writes. */
const LAYOUT = `export default function RootLayout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

const QUICK_STARTS: Readonly<Record<string, QuickStart>> = {
  'readme-express': { title: 'Express', packages: [] },
  'readme-hono': { title: 'Hono', packages: [] },
  'readme-next': {
    title: 'Next',
    app: { 'app/layout.jsx': LAYOUT },
    packages: ['next', 'react', 'react-dom'],
  },
};

export const quickStartNames: readonly string[] = Object.keys(QUICK_STARTS);

export interface Project {
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** With `PORT` in place of the README's port. */
  readonly start: string;
}

/** @throws Error when the README does not say it all */
export async function readQuickStart(name: string): Promise<Project> {
  const quickStart = QUICK_STARTS[name];
  if (!quickStart) throw new Error(`There is no quick start ${name}.`);
  const readme = await readFile('README.md', 'utf8');
  const own = sectionOf(readme, quickStart.title);
  const [, packages = ''] =
    /`npm install kassa([^`]*)`/.exec(own) ?? missing(`${quickStart.title}: npm install`);
  const commands = /`((?:node|npx next) [^`]+)`/;
  const [, command = ''] =
    commands.exec(own) ??
    commands.exec(sectionOf(readme, 'Express')) ??
    missing(`${quickStart.title}: a command`);
  const [, page = ''] = /```html\n([^]*?)```/.exec(readme) ?? missing('the tag');
  return {
    files: {
      'public/index.html': page,
      ...codeIn(readme.slice(0, readme.indexOf('**Express**'))),
      ...quickStart.app,
      ...codeIn(own),
    },
    packages: [...packages.split(' ').filter(Boolean), ...quickStart.packages],
    start: command.replace('4000', '$PORT'),
  };
}

export async function writeQuickStart(name: string, folder: string): Promise<void> {
  const { files, packages, start } = await readQuickStart(name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const dependencies = Object.fromEntries(packages.map((it) => [it, '*']));
  // CommonJS by default, as `npm init` leaves it: the README's files say by their names what they are.
  const manifest = { name: `kassa-${name}`, private: true, scripts: { start }, dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
}

function sectionOf(readme: string, title: string): string {
  const start = readme.indexOf(`**${title}**`);
  if (start < 0) missing(title);
  const end = readme.slice(start + 2).search(/^(?:\*\*[A-Z]|Bun, )/m);
  return readme.slice(start, start + 2 + end);
}

/** Code that says its file: ```js server.mjs */
const codeIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/```jsx? (\S+)\n([^]*?)```/g)].map(([, path = '', code = '']) => [path, code]),
  );

function missing(what: string): never {
  throw new Error(`The README has no quick start for it: ${what}.`);
}
