/** A Chromium of this machine, spoken to over two pipes by its own protocol (DevTools): no package is needed for that. */
import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const { PROGRAMFILES, LOCALAPPDATA, CHROME_PATH } = process.env;
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[PROGRAMFILES, LOCALAPPDATA]
    .filter(Boolean)
    .map((base) => join(base ?? '', 'Google/Chrome/Application/chrome.exe')),
];

/** CHROME_PATH, else where systems put one. */
export async function findChromium(): Promise<string | undefined> {
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => NAMES.map((name) => join(dir, name)));
  for (const path of [...(CHROME_PATH ? [CHROME_PATH] : []), ...inPath, ...FIXED]) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

const ARGS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Root and most containers have no sandbox to offer. */
const isRoot = process.getuid?.() === 0;

type Listener = (method: string, parameters: unknown) => void;

export interface Tab {
  /** @throws Error with the browser's words, or when it has ended */
  send(method: string, parameters?: object): Promise<unknown>;
  readonly listen: (listener: Listener) => void;
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

/** An empty tab in a browser of its own, which has neither cookies nor extensions. */
export async function openTab(executable: string): Promise<Tab> {
  const profile = await mkdtemp(join(tmpdir(), 'kassa-doctor-'));
  const browser = spawn(
    executable,
    [...ARGS, ...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const { send, listen } = speak(browser);
  const close = async (): Promise<void> => {
    if (browser.exitCode === null && browser.signalCode === null) {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill();
      await ended;
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { targetId } = (await send('Target.createTarget', { url: 'about:blank' })) as { targetId: string };
    const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as {
      sessionId: string;
    };
    return { send: (method, parameters) => send(method, parameters, sessionId), listen, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Messages are JSON, and end with a NUL. */
function speak(browser: ChildProcess) {
  const [, , , input, output] = browser.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (answer: Answer) => void>();
  const listeners: Listener[] = [];
  let id = 0;
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) take(JSON.parse(message) as Answer);
  });
  const take = (answer: Answer): void => {
    if (answer.method !== undefined) for (const listener of listeners) listener(answer.method, answer.params);
    else waiting.get(answer.id ?? 0)?.(answer);
  };
  const end = (): void => {
    for (const answer of waiting.values()) answer({ error: { message: 'The browser has ended.' } });
  };
  browser.once('exit', end).once('error', end);
  input.on('error', end);
  return {
    listen: (listener: Listener) => void listeners.push(listener),
    send: (method: string, params: object = {}, sessionId?: string) =>
      new Promise<unknown>((resolve, reject) => {
        id += 1;
        waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
        input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
      }),
  };
}
