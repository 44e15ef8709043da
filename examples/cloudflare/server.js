/** `wrangler dev` in a few lines: bundles the worker, and runs it on the runtime of Cloudflare. */
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const { outputFiles } = await build({
  entryPoints: ['worker.js'],
  bundle: true,
  write: false,
  format: 'esm',
  loader: { '.html': 'text' },
  conditions: ['workerd', 'worker', 'import'],
});
new Miniflare({
  port: Number(process.env.PORT ?? 3000),
  modules: true,
  script: outputFiles[0].text,
  compatibilityDate: '2025-09-01',
  bindings: process.env.GATEWAY_URL ? { GATEWAY_URL: process.env.GATEWAY_URL } : {},
  assets: { directory: 'node_modules/kassa/dist/browser', routerConfig: { has_user_worker: true } },
});
