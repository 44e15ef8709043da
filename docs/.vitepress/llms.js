/** `llms.txt` (llmstxt.org): what this is, and where each page is, as Markdown; and all of it in one file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPage, SIDEBAR, summaryOf, titleOf } from './pages.js';

const HEAD = `# Kassa

> An embeddable cashier in TypeScript: one tag on the page takes a deposit, a payment or a withdrawal, carries the shopper
> through 3-D Secure, and says "paid" only as the shop's backend confirms. A backend helper and a sandbox come with it.

What the page hears is for the screen; goods go out on the verified webhook (\`onStatus\`).
`;

const FENCE = '```';

/** Code that stands in another file, as the site shows it. */
const whole = (page) =>
  readPage(page).replace(/^<<< (\S+?)(?:\{[^}]*\})?(?: \[.*\])?$/gm, (_line, path) => {
    const file = join(import.meta.dirname, '..', dirname(page), path);
    const code = readFileSync(file, 'utf8').trim();
    return [FENCE + (path.split('.').at(-1) ?? ''), code, FENCE].join('\n');
  });

export function writeLlms(outDir) {
  const groups = SIDEBAR.map(({ text, items }) => {
    const lines = items.map(({ page }) => {
      const content = readPage(page);
      return `- [${titleOf(content)}](${page}.md): ${summaryOf(content)}`;
    });
    return `## ${text}\n\n${lines.join('\n')}\n`;
  });
  writeFileSync(join(outDir, 'llms.txt'), [HEAD, ...groups].join('\n'));
  const pages = SIDEBAR.flatMap(({ items }) => items.map(({ page }) => page));
  for (const page of pages) {
    const file = join(outDir, `${page}.md`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, whole(page));
  }
  writeFileSync(join(outDir, 'llms-full.txt'), [HEAD, ...pages.map(whole)].join('\n\n---\n\n'));
}
