/** A server in a process of its own, which takes no CPU that is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
  readonly url: string;
  close(): void;
}

/** @param script a module that prints the port on which it listens */
export async function startServer(script: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${Number(port.toString())}`, close: () => void child.kill() };
}
