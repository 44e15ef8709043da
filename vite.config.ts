/** The two browser builds and the library, as data; `scripts/build.ts` runs them and `npm start` builds in memory. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import remapping from '@jridgewell/remapping';
import MagicString from 'magic-string';
import { defineConfig, type InlineConfig, type Rolldown } from 'vite';

const root = import.meta.dirname;

/** What a bundler of the user's finds in his own node_modules. */
const EXTERNAL = [
  /^node:/,
  /^lit($|\/)/,
  /^@lit\//,
  /^zod($|\/)/,
  /^@floating-ui\//,
  /^react($|\/)/,
  /^hono($|\/)/,
  /^@hono\//,
  /^drizzle-orm($|\/)/,
  /^@electric-sql\//,
  /^postgres$/,
  /^pg$/,
  /^commander$/,
  /^vite$/,
];

const shared = {
  root,
  configFile: false,
  publicDir: false,
  resolve: { tsconfigPaths: true },
} satisfies InlineConfig;

/** The entries of package.json's `exports`, by the path of their file in dist. */
export const ENTRIES = {
  index: 'src/index.ts',
  'element/define': 'src/element/define.ts',
  'element/challenge/return-page': 'src/element/challenge/return-page.ts',
  'react/index': 'src/react/index.ts',
  'server/index': 'src/server/index.ts',
  'server/routes/fastify': 'src/server/routes/fastify.ts',
  'postgres/index': 'src/postgres/index.ts',
  'protocol/index': 'src/protocol/index.ts',
  'protocol/kit/index': 'src/protocol/kit/index.ts',
  'wire/index': 'src/wire/index.ts',
  'sandbox/index': 'src/sandbox/index.ts',
  'testing/index': 'src/testing/index.ts',
  'sandbox/beside': 'src/sandbox/beside.ts',
} as const;

/** ES modules for npm: dependencies stay imports, names stay readable. */
export const library = {
  ...shared,
  build: {
    outDir: 'dist',
    target: 'es2022',
    minify: false,
    // A stack trace in a shop's log then names the line of the source.
    sourcemap: true,
    lib: { entry: ENTRIES, formats: ['es'] },
    rolldownOptions: {
      external: EXTERNAL,
      // A file for each module: paths relative to `import.meta.url` stay right, and stack traces can be read.
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
} satisfies InlineConfig;

/**
 * What is read beside a module lies beside its file in dist, wherever the bundle has put its code: each believes itself
 * where it would be on its own.
 */
const placesKept = {
  name: 'places-kept',
  enforce: 'pre',
  transform(code: string, id: string) {
    const path = relative(join(root, 'src'), id);
    if (path.startsWith('..') || !code.includes('import.meta.url')) return null;
    const own = `new URL('../${path.replace(/\.ts$/, '.js')}', import.meta.url).href`;
    return replaced(code, [[/import\.meta\.url/g, own]]);
  },
} as const;

/**
 * The command with all that it is made of, in a few files: of a sandbox’s start, 425 modules took 0.2 s of CPU more only
 * to be found and read. The databases stay what is installed. Nothing imports it, so no class is there twice for anybody.
 */
export const command = {
  ...shared,
  plugins: [placesKept],
  ssr: { noExternal: true, external: ['@electric-sql/pglite', 'postgres', 'pg', 'vite'] },
  build: {
    ssr: true,
    outDir: 'dist/command',
    target: 'es2022',
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { bin: 'src/command/bin.ts' },
      external: [/^node:/, /^@electric-sql\//],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
} satisfies InlineConfig;

/** Minifiers leave template literals alone; a style sheet needs no white space, last semicolons or leading zeros. */
const compactCss = {
  name: 'compact-css',
  enforce: 'pre',
  transform: (code: string, id: string) =>
    id.endsWith('styles.ts') ? replaced(code, [[/css(?: \*\/ )?`[^`]*`/g, compactSheet]]) : null,
} as const;

const compactSheet = (sheet: string): string =>
  sheet
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};:,>]) /g, '$1')
    .replaceAll(';}', '}')
    .replace(/\b0\./g, '.');

type Replacement = readonly [RegExp, string | ((match: string) => string)];

/** Code with replacements, and the source map from it to what it was. */
function replaced(before: string, replacements: readonly Replacement[]) {
  const text = new MagicString(before);
  for (const [pattern, by] of replacements) text.replace(pattern, by);
  return { code: text.toString(), map: text.generateMap({ hires: true }) };
}

/**
 * Vite wraps each dynamic import in a function that preloads style sheets, from a chunk of its own. There are none to
 * preload; without this the wrappers are a tenth of the file, and one more request before anything is shown.
 */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id: string) =>
    id.includes('preload-helper') ? 'export const __vitePreload = (load) => load()' : null,
  generateBundle(_options: unknown, bundle: Record<string, OutputFile>) {
    for (const [name, file] of Object.entries(bundle)) {
      if (name.includes('preload-helper')) Reflect.deleteProperty(bundle, name);
      else if (file.code !== undefined) {
        const { code, map } = unwrapImports(file.code);
        file.code = code;
        const mapFile = bundle[`${name}.map`];
        const mapped = mapFile && remapping([map.toString(), String(mapFile.source)], () => null);
        if (mapFile) mapFile.source = String(mapped);
      }
    }
  },
} as const;

/** A script has `code`, its map a `source`. */
interface OutputFile {
  code?: string;
  source?: string | Uint8Array;
}

const WRAPPED: readonly Replacement[] = [
  [/import ?\{ ?\w+ as \w+ ?\} ?from ?["'`][^"'`]*preload-helper[^"'`]*["'`];?/g, ''],
  [/\w+\(\(\)=>(import\([^)]+\)),__VITE_PRELOAD__\)/g, '$1'],
  [
    /\w+\(async\(\)=>\{let(\{[^}]+\})=await (import\([^)]+\)(?:\.then\([^)]+\))?);return\1\},__VITE_PRELOAD__\)/g,
    '$2',
  ],
];

function unwrapImports(wrapped: string) {
  const plain = replaced(wrapped, WRAPPED);
  if (!plain.code.includes('__VITE_PRELOAD__')) return plain;
  throw new Error('Vite wraps dynamic imports in another way now: look at WRAPPED.');
}

/**
 * Lit's style module without its ways for browsers that have no constructable style sheets: every browser with
 * `light-dark()`, which the element's colours are made of, has them (Chrome 123, Firefox 120, Safari 17.5).
 */
const modernStyles = {
  name: 'modern-styles',
  enforce: 'pre',
  load: (id: string) =>
    id.includes('@lit/reactive-element/css-tag')
      ? `export const supportsAdoptingStyleSheets = true;
         export const getCompatibleStyle = (style) => style;
         export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
         export const CSSResult = undefined, unsafeCSS = undefined;
         export const css = ([text]) => {
           const sheet = new CSSStyleSheet();
           sheet.replaceSync(text);
           return sheet;
         };`
      : null,
} as const;

/**
 * What Kassa's one element has no use for in Lit's base class, as its package ships it, and what stands for it: controllers,
 * decorators, hooks, lists of style sheets, marks for Lit's own developers, and what properties may be that its own are not
 * (accessors, JSON, converted to attributes). The first is no loss: the element completes what is on the page already. What
 * Lit writes in another way one day simply stays, and `lean-lit.test` names it.
 */
export const UNUSED_IN_LIT: readonly (readonly [string, string?])[] = [
  ['class y extends HTMLElement', 'class y extends Host'],
  ['d("elementProperties")', '"elementProperties"'],
  ['d("finalized")', '"finalized"'],
  [
    'if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){',
    'this.finalized=!0,this._$Ei();{',
  ],
  [',d=(t,s)=>t'],
  ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}'],
  [',this.constructor.l?.forEach(t=>t(this))'],
  [',void 0!==t.l&&(this.l=[...t.l])'],
  [
    'addController(t){(this._$EO??=new Set).add(t),void 0!==this.renderRoot&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}',
  ],
  [',this._$EO?.forEach(t=>t.hostConnected?.())'],
  ['this._$EO?.forEach(t=>t.hostDisconnected?.())'],
  ['this._$EO?.forEach(t=>t.hostUpdated?.()),'],
  ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;'],
  [
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
  ],
  [
    'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
  ],
  ['s=[...r(t),...o(t)]', 's=r(t)'],
  [
    'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[s]',
  ],
  ['case Object:case Array:t=null==t?t:JSON.stringify(t)'],
  ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}'],
  ['c=a.trustedTypes,l=c?c.emptyScript:"",p=a.reactiveElementPolyfillSupport', 'l=""'],
  [
    '(t,s=b){if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}',
    '(t,s){this.elementProperties.set(t,s),e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))',
  ],
  [
    'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)}',
    'return{get(){return this[s]},set(r){const h=this[s];this[s]=r,this.requestUpdate(t,h,i)}',
  ],
  [',wrapped:h},r){', '}){'],
  ['(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)', '(this._$Ej.set(t,s??this[t]),!0)'],
  [
    'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),',
    'requestUpdate(t,s,i){if(void 0!==t){const r=this.constructor,h=this[t];if(',
  ],
  ['(i.hasChanged??f)(h,s)', 'f(h,s)'],
  [',b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}'],
  ['??b}', '}'],
  ['getOwnPropertyDescriptor:h,'],
  ['getOwnPropertySymbols:o,'],
  ['this._$Eh&&[', '['],
  ['y.elementStyles=[],'],
  ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
  ['"function"==typeof t.converter?{fromAttribute:t.converter}:'],
  ['this.getUpdateComplete()}getUpdateComplete(){return this._$ES}', 'this._$ES}'],
  ['const t=this.scheduleUpdate();return null!=t&&await t,', 'this.performUpdate();return'],
  ['scheduleUpdate(){return this.performUpdate()}'],
  [
    't=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()',
    't=!0,this.update(s)',
  ],
  ['willUpdate(t){}'],
  ['shouldUpdate(t){return!0}'],
  [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")'],
];

/**
 * The first file of the script tag shares no module with what it fetches: bundlers would put what is shared into the first
 * file, which may have been loaded under another address, or in a third one, which costs a round trip. So its modules are
 * other ones than those of the same files that come later, and what these need of them it hands on.
 */
const SCRIPT_TAG = 'src/element/script-tag/define.ts';
const FIRST = '?first';
const HANDED = '?handed';
const HANDED_ON = join(root, 'src/element/script-tag/handed-on.ts');

/** Where each name of `handed-on.ts` is from, in the order of its list. */
function handedOn(): readonly (readonly [name: string, path: string])[] {
  const text = readFileSync(HANDED_ON, 'utf8');
  const [, list = ''] = /handedOn = \[([^\]]+)\]/.exec(text) ?? [];
  return (list.match(/\w+/g) ?? []).map((name) => {
    const [, source = ''] = new RegExp(`\\b${name}\\b[^;]* from '(.+)';`).exec(text) ?? [];
    return [name, resolve(dirname(HANDED_ON), source)];
  });
}

const firstFile = {
  name: 'first-file',
  enforce: 'pre',
  async resolveId(
    this: Rolldown.PluginContext,
    source: string,
    importer: string | undefined,
    { kind }: { kind?: string },
  ) {
    if (importer === undefined || kind === 'dynamic-import' || source.includes('preload-helper')) return null;
    const isFirst = importer.endsWith(FIRST) || importer.endsWith(SCRIPT_TAG);
    const found = await this.resolve(source, importer.replace(FIRST, ''), { skipSelf: true });
    if (isFirst) return found && `${found.id}${FIRST}`;
    return found && handedOn().some(([, path]) => path === found.id) ? `${found.id}${HANDED}` : null;
  },
  load(id: string) {
    if (!id.endsWith(HANDED)) return null;
    const names = handedOn().map(([name, path], at) =>
      `${path}${HANDED}` === id ? `export const ${name} = handed[${at}];` : '',
    );
    return `import { handed } from ${JSON.stringify(join(dirname(HANDED_ON), 'receive.ts'))};\n${names.join('\n')}`;
  },
} as const;

/** Pieces must not overlap: of two that do, the one that comes later stays. */
export function lean(code: string): MagicString {
  const text = new MagicString(code);
  text.prepend(`import { Host } from ${JSON.stringify(join(root, 'src/element/script-tag/host.ts'))};\n`);
  for (const [unused, instead = ''] of UNUSED_IN_LIT) text.replaceAll(unused, instead);
  return text;
}

const leanLit = {
  name: 'lean-lit',
  enforce: 'pre',
  transform(code: string, id: string) {
    if (!id.endsWith('@lit/reactive-element/reactive-element.js')) return null;
    const text = lean(code);
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
} as const;

/**
 * Says of the two files that nearly all of their functions are called at once: Chrome (from 136) then compiles them while they
 * come, on another thread, and reads none twice. A tenth of the time to ready on a slow processor. It has to stand first.
 */
const compiledAhead = {
  name: 'compiled-ahead',
  outputOptions: (options: Rolldown.OutputOptions) => ({
    ...options,
    postBanner: ({ name }: { name: string }) =>
      name === 'kassa' || name === 'whole' ? '//# allFunctionsCalledOnLoad' : '',
  }),
} as const;

/**
 * For browsers: everything inlined and minified, what is not needed at first in chunks of its own.
 * Not a `lib` build, because those never strip white space (some 1 kB of brotli here).
 */
export function browserScripts(input: Readonly<Record<string, string>>) {
  return {
    ...shared,
    plugins: [compactCss, plainImports, modernStyles],
    build: {
      outDir: 'dist/browser',
      sourcemap: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        // Lit's packages do not say so, but all they do when loaded is leave their version on the window. Without
        // this, its template engine comes along unused (2.8 kB).
        treeshake: {
          moduleSideEffects: [
            { test: /node_modules\/(lit|lit-html|lit-element|@lit)\//, sideEffects: false },
          ],
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash:6].js',
          sourcemapPathTransform: (path: string) => path.replace(FIRST, ''),
        },
      },
    },
  } satisfies InlineConfig;
}

const alone = browserScripts({ kassa: SCRIPT_TAG });

/** The script-tag file, as published. Built alone: what else is built has modules and Lit whole, and does not hand them on. */
export const scriptTag = {
  ...alone,
  plugins: [...alone.plugins, leanLit, firstFile, compiledAhead],
} satisfies InlineConfig;

export default defineConfig(library);
