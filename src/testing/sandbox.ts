/** A sandbox for one run of tests: on a free port, with a clock that stands where the test wants it. */
import type { ConfigPatch } from '../sandbox/config.ts';
import { ensurePackages } from '../sandbox/install.ts';
import type { ListenOptions, RunningSandbox } from '../sandbox/listen.ts';

export interface TestSandboxOptions extends Omit<ListenOptions, 'clock'> {
  /** Where the clock stands until `advance(ms)`; what is due then happens. Without it time passes as usual. */
  readonly clock?: Date | number | string;
}

export interface TestSandbox extends RunningSandbox {
  /** `createGateway(sandbox.gateway)` */
  readonly gateway: {
    readonly apiKey: string;
    readonly baseUrl: string;
    readonly signaturePassword: string;
  };
  /** What its control page sets: `{ webhookUrl }` once your shop listens, `{ maintenance: true }`, … */
  configure(settings: ConfigPatch): Promise<void>;
}

/** Fetches its packages on the first run, as `npx kassa sandbox` does, where your project does not have them. */
export async function startSandbox({ clock, ...options }: TestSandboxOptions = {}): Promise<TestSandbox> {
  await ensurePackages('library', () => undefined);
  const { startSandbox: start } = await import('../sandbox/index.ts');
  const { API_KEY, SIGNATURE_PASSWORD } = await import('../sandbox/gateway/seeds.ts');
  const startsAt = clock === undefined ? undefined : new Date(clock).getTime();
  if (Number.isNaN(startsAt))
    throw new TypeError(`startSandbox: clock is ${String(clock)}, which is no time.`);
  const sandbox = await start({ port: 0, ...options, ...(startsAt !== undefined && { clock: startsAt }) });
  return {
    ...sandbox,
    configure: async (settings) => {
      const response = await fetch(`${sandbox.url}/_sandbox/config`, {
        method: 'POST',
        body: JSON.stringify(settings),
        headers: { 'content-type': 'application/json' },
      });
      if (!response.ok) throw new TypeError(`configure: ${await response.text()}`);
    },
    gateway: {
      apiKey: API_KEY,
      baseUrl: `${sandbox.url}/gateway`,
      signaturePassword: SIGNATURE_PASSWORD,
    },
  };
}
