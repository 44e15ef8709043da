/**
 * From the script tag to a usable hosted page, against an iframe that a bare script makes in the same run. A new
 * browser context for each run (cold caches, a cold process for the hosted site), all variants shuffled in each round.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { findChromium } from '../test/chromium.ts';
import { scriptTag } from '../vite.config.ts';
import { median, ratioOfMedians } from './statistics.ts';

const VARIANTS = ['bare', 'kassa'] as const;
type Variant = (typeof VARIANTS)[number];

const page = (file: string): string => fileURLToPath(new URL(`pages/${file}.ts`, import.meta.url));

async function scripts(): Promise<ReadonlyMap<string, string>> {
  const config = scriptTag({ bare: page('bare'), kassa: page('kassa'), frame: page('frame') });
  const options = { ...config, logLevel: 'warn', build: { ...config.build, write: false } } as const;
  const { output } = (await build(options)) as Rolldown.RolldownOutput;
  return new Map(
    output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [])),
  );
}

function shopHtml(variant: Variant, frameUrl: string): string {
  const session = { token: 'bench', flow: 'deposit', trackingId: 'bench', cashierUrl: frameUrl };
  return `<!doctype html><meta charset="utf-8"><body><script>
    benchFrame = ${JSON.stringify(frameUrl)};
    benchDone = new Promise((resolve) => (benchReady = () => resolve(performance.now() - benchStart)));
    ${
      variant === 'kassa'
        ? `const cashier = document.createElement('kassa-cashier');
    cashier.session = ${JSON.stringify(session)};
    cashier.addEventListener('kassa-ready', benchReady);
    document.body.append(cashier);`
        : ''
    }
    benchStart = performance.now();
  </script><script type="module" src="/${variant}.js"></script>`;
}

async function serve(files: ReadonlyMap<string, string>): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { port } = server.address() as AddressInfo;
    const script = files.get(pathname);
    const variant = VARIANTS.find((name) => pathname === `/shop/${name}`);
    response.setHeader('cache-control', 'no-store');
    if (script !== undefined) response.setHeader('content-type', 'text/javascript').end(script);
    else if (pathname === '/frame') {
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><meta charset="utf-8"><script type="module" src="/frame.js"></script>');
    } else if (variant) {
      response
        .setHeader('content-type', 'text/html')
        .end(shopHtml(variant, `http://127.0.0.1:${port}/frame`));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function measure(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.goto(url, { waitUntil: 'commit' });
    return await tab.evaluate(async () => (window as unknown as { benchDone: Promise<number> }).benchDone);
  } finally {
    await context.close();
  }
}

export async function benchReady(rounds: number): Promise<void> {
  const { executablePath, args, env } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args: [...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const { server, port } = await serve(await scripts());
  const times: Record<Variant, number[]> = { bare: [], kassa: [] };
  for (let round = -2; round < rounds; round += 1) {
    for (const variant of [...VARIANTS].sort(() => Math.random() - 0.5)) {
      const ms = await measure(browser, `http://localhost:${port}/shop/${variant}`);
      if (round >= 0) times[variant].push(ms);
    }
  }
  const { value, low, high } = ratioOfMedians(times.kassa, times.bare);
  console.log(`script tag to ready, ${rounds} rounds`);
  for (const variant of VARIANTS)
    console.log(`  ${variant.padEnd(6)} median ${Math.round(median(times[variant]))} ms`);
  console.log(`  kassa / bare iframe  ${value.toFixed(2)}  [${low.toFixed(2)}, ${high.toFixed(2)}]`);
  await browser.close();
  server.close();
}
