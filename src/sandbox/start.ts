/** `kassa sandbox`: starts, says where, and stops on Ctrl+C. */
import { ensurePackages } from './install.ts';
import type { ListenOptions } from './listen.ts';

export interface RunOptions extends ListenOptions {
  /** Prints nothing at the start. */
  readonly quiet?: true | undefined;
}

/** @throws InstallError, ListenError, StoreError */
export async function runSandbox({ quiet, ...options }: RunOptions): Promise<void> {
  await ensurePackages('command', (text) => {
    console.error(text);
  });
  // Imported late: only now are its packages known to be there.
  const { describeSandbox, startSandbox } = await import('./index.ts');
  const sandbox = await startSandbox(options);
  if (!quiet) console.log(`${describeSandbox(options.publicUrl ?? sandbox.url)}\n  Press Ctrl+C to stop.`);
  // A moment later, so that whoever waits for the API is answered first; a fault shows when a page is asked for.
  setTimeout(() => void sandbox.ready().catch(() => undefined), 100).unref();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}
