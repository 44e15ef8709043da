/**
 * Where the time goes, for the goals that are missed: what takes the most by itself, by V8's sampling profiler, in the page
 * from the tag to ready, and in a server that mints and verifies. Shares of one run, which say why and not how fast.
 */
import { Session } from 'node:inspector/promises';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { basename } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { order } from '../test/fixtures/order.ts';
import { WEBHOOKS } from '../test/fixtures/gateway-examples.ts';
import { buildWithMaps, launchWithHosted, pageScripts } from './browser.ts';
import { LOOPBACK } from './line.ts';
import { startMintServer } from './mint.ts';
import { publishedServer } from './published.ts';
import { serve, tagToReady } from './ready.ts';
import { type Bench, callMany, tell } from './report.ts';

export interface Profile {
  readonly name: string;
  readonly samples: number;
  /** The five that take the most by themselves. */
  readonly top: readonly Share[];
}

export interface Share {
  /** A function and its file; in brackets what is no function of the code. */
  readonly where: string;
  /** Of all that was not idle, from 0 to 1. */
  readonly share: number;
}

/** What both Node and the browser answer, `Profiler.stop` of the DevTools protocol. */
interface Sampled {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples?: readonly number[] | undefined;
}

export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** Both from 0. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Where it was written, of what was made smaller since. */
type Locate = (place: CallFrame) => string | undefined;

const INTERVAL_US = 100;
const TOP = 5;
const TABS_A_ROUND = 2;
const MINTS_A_ROUND = 1_000;
const WEBHOOKS_A_ROUND = 10_000;

const named: Locate = ({ functionName, url }) =>
  [functionName || '(anonymous)', basename(url)].filter(Boolean).join(', ');

export function profileOf(name: string, sampled: readonly Sampled[], locate: Locate = named): Profile {
  const times = new Map<string, number>();
  for (const { nodes, samples = [] } of sampled) {
    const places = new Map(nodes.map(({ id, callFrame }) => [id, locate(callFrame) ?? named(callFrame)]));
    for (const id of samples) {
      const where = places.get(id) ?? '(unknown)';
      if (where !== '(idle)') times.set(where, (times.get(where) ?? 0) + 1);
    }
  }
  const samples = [...times.values()].reduce((sum, count) => sum + count, 0);
  const top = [...times].toSorted(([, one], [, other]) => other - one).slice(0, TOP);
  return { name, samples, top: top.map(([where, count]) => ({ where, share: count / samples })) };
}

async function inNode(work: () => Promise<void>): Promise<Sampled> {
  const session = new Session();
  session.connect();
  const profile = await profiled({ send: session.post.bind(session) }, work);
  session.disconnect();
  return profile;
}

async function profiled(devTools: Pick<CDPSession, 'send'>, work: () => Promise<unknown>): Promise<Sampled> {
  await devTools.send('Profiler.enable');
  await devTools.send('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await devTools.send('Profiler.start');
  await work();
  return (await devTools.send('Profiler.stop')).profile;
}

/** As published, and where each place in it was written. */
async function publishedScripts(): Promise<{ files: ReadonlyMap<string, string>; sourceOf: Locate }> {
  const files = new Map(await pageScripts('frame'));
  const maps = new Map<string, SourceMap>();
  for (const file of await buildWithMaps('kassa')) {
    if (file.type === 'chunk') files.set(`/${file.fileName}`, file.code);
    else maps.set(file.fileName, new SourceMap(JSON.parse(String(file.source)) as SourceMapPayload));
  }
  return {
    files,
    sourceOf({ url, lineNumber, columnNumber }) {
      const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: '' };
      const entry = maps.get(`${pathname.slice(1)}.map`)?.findEntry(lineNumber, columnNumber) ?? {};
      // Not every place was written by somebody.
      const { originalSource, originalLine = 0 }: Partial<SourceMapping> = entry;
      return originalSource === undefined ? undefined : `${basename(originalSource)}:${originalLine + 1}`;
    },
  };
}

async function profilePage(rounds: number): Promise<Profile> {
  const { files, sourceOf } = await publishedScripts();
  const { server, port } = await serve(files, LOOPBACK);
  const browser = await launchWithHosted(port);
  const shop = `http://127.0.0.1:${port}`;
  const sampled: Sampled[] = [];
  for (let round = 0; round < rounds * TABS_A_ROUND; round += 1) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    // The same process, before there is anything to profile in it.
    await tab.goto(`${shop}/frame.js`);
    const devTools = await context.newCDPSession(tab);
    sampled.push(await profiled(devTools, () => tagToReady(tab, `${shop}/kassa`, 1)));
    await context.close();
  }
  await browser.close();
  server.close();
  return profileOf('script tag to ready, loopback', sampled, sourceOf);
}

async function profileServer(rounds: number): Promise<readonly Profile[]> {
  const { createGateway, signWebhook, verifyWebhook } = await publishedServer();
  const server = await startMintServer();
  const signaturePassword = 'spg_test_kassa_0001';
  const gateway = createGateway({ apiKey: 'dev_kassa_0001', baseUrl: server.url, signaturePassword });
  const mint = (): Promise<unknown> => gateway.mintCashier(order('profile'));
  const body = JSON.stringify({ ...WEBHOOKS.withdrawal, note: 'x'.repeat(1_700) });
  const signature = await signWebhook(body, signaturePassword);
  const cases = [
    ['mint, 64 in flight', () => callMany(MINTS_A_ROUND, 64, mint)],
    [
      `the gateway's webhook, ${body.length} B as text`,
      () => callMany(WEBHOOKS_A_ROUND, 1, async () => verifyWebhook(body, signature, signaturePassword)),
    ],
  ] as const;
  const profiles: Profile[] = [];
  for (const [name, work] of cases) {
    await work();
    const sampled = await inNode(async () => {
      for (let round = 0; round < rounds; round += 1) await work();
    });
    profiles.push(profileOf(name, [sampled]));
  }
  server.close();
  return profiles;
}

export async function benchProfile(bench: Bench): Promise<void> {
  tell('profiles');
  for (const profile of [await profilePage(bench.rounds), ...(await profileServer(bench.rounds))]) {
    bench.profiles.push(profile);
    console.log(`\n${profile.name} (self time, ${profile.samples} samples)`);
    for (const { where, share } of profile.top)
      console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${where}`);
  }
}
