/** The documentation, as its tests read it: the pages that are written by hand, their tables, links and code. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'docs';
/** Made when the site is built. */
const MADE = /^(?:node_modules|api|\.vitepress|changes\.md)/;

export async function pagePaths(): Promise<readonly string[]> {
  const found = await readdir(FOLDER, { recursive: true });
  const pages = found.filter((path) => path.endsWith('.md') && !MADE.test(path));
  return ['README.md', ...pages.sort().map((path) => join(FOLDER, path))];
}

export const readPage = (path: string): Promise<string> => readFile(path, 'utf8');

/** One column of the table whose head begins with this word: what stands in its cells as code, else as text. */
export function column(page: string, head: string, index = 0): readonly string[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => cellsOf(line)[0] === head);
  if (start < 0) throw new Error(`there is no table "${head}"`);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines
    .slice(start + 2, end < 0 ? undefined : end)
    .map((line) => /`([^`]+)`/.exec(cellsOf(line)[index] ?? '')?.[1] ?? cellsOf(line)[index] ?? '');
}

const cellsOf = (line: string): readonly string[] =>
  line.startsWith('|')
    ? line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
    : [];

export interface Block {
  readonly page: string;
  readonly language: string;
  readonly code: string;
  /** Of its first line of code. */
  readonly line: number;
}

export function blocksOf(page: string, text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)[^\n]*\n([^]*?)^```$/gm)].map(
    ({ 1: language = '', 2: code = '', index }) => ({
      page,
      language,
      code,
      line: text.slice(0, index).split('\n').length + 1,
    }),
  );
}

/** As VitePress and GitHub make the address of a heading. */
export const anchorsOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[`*_]/g, '')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]+/gu, '-')
      .replace(/[\s-]+/g, '-')
      .replace(/^-|-$/g, '')
      .replace(/^(\d)/, '_$1'),
  );

export const withoutCode = (text: string): string => text.replace(/^```[^]*?^```$/gm, '');
