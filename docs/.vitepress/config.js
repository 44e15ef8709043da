import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { writeLlms } from './llms.js';
import { SIDEBAR } from './pages.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Pictures are put into the page itself, so that they follow its switch for dark and light. */
function inlinePictures(md) {
  const usual = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const source = tokens[index].attrGet('src') ?? '';
    if (!/pictures\/[\w-]+\.svg$/.test(source)) return usual(tokens, index, options, env, self);
    const file = new URL(`../pictures/${source.split('/').at(-1)}`, import.meta.url);
    return `<span v-pre class="picture">${readFileSync(file, 'utf8').trim()}</span>`;
  };
}

export default defineConfig({
  title: 'Kassa',
  description:
    'An embeddable cashier: one tag on the page, one helper in the backend, a sandbox that runs it all.',
  lang: 'en-GB',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${process.env.DOCS_BASE ?? '/'}icon.svg` }]],
  base: process.env.DOCS_BASE ?? '/',
  cleanUrls: true,
  srcExclude: ['**/README.md', 'node_modules'],
  // Only this machine's: every other dead link fails the build.
  ignoreDeadLinks: 'localhostLinks',
  markdown: { config: inlinePictures, theme: { light: 'github-light-high-contrast', dark: 'github-dark' } },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start/' },
      { text: 'Going live', link: '/going-live' },
      { text: 'Errors', link: '/errors' },
      { text: 'API', link: '/api/' },
      { text: version, link: '/changes' },
    ],
    sidebar: [
      ...SIDEBAR.map(({ text, items }) => ({ text, items })),
      {
        text: 'Reference',
        items: [
          { text: 'API', link: '/api/' },
          { text: 'Changes', link: '/changes' },
        ],
      },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'kassa-cashier' } } },
  vite: {
    server: {
      fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] },
      // Of `npm run docs -- dev`: the shop whose sandbox is in the preview on theming.
      proxy: process.env.DOCS_SHOP ? { '/kassa/': { target: process.env.DOCS_SHOP } } : {},
    },
  },
  buildEnd: ({ outDir }) => writeLlms(outDir),
});
