/** From the start of the process to the first answered request: the sandbox against a bare node:http server. */
import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { median } from './statistics.ts';

const BARE = `import { createServer } from 'node:http';
createServer((_, response) => response.end('{}')).listen(Number(process.env.KASSA_SANDBOX_PORT), '127.0.0.1');`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function startOnce(args: readonly string[], path: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    env: { ...process.env, KASSA_SANDBOX_PORT: String(port) },
  });
  try {
    while (performance.now() - startedAt < 20_000) {
      const answered = await fetch(`http://127.0.0.1:${port}${path}`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return performance.now() - startedAt;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`node ${args.join(' ')} did not answer within 20 s`);
  } finally {
    child.kill('SIGKILL');
  }
}

export async function benchStart(rounds: number): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
  const variants = {
    'bare node:http': { args: ['--input-type=module', '-e', BARE], path: '/' },
    'from source': { args: ['--import', 'tsx', 'src/command/bin.ts'], path: '/_sandbox/state' },
    'as published': { args: ['dist/command/bin.js'], path: '/_sandbox/state' },
  };
  console.log(`sandbox: process start to first answer, ${rounds} rounds`);
  const medians: number[] = [];
  for (const [name, { args, path }] of Object.entries(variants)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await startOnce(args, path));
    medians.push(median(times));
    console.log(`  ${name.padEnd(15)} median ${Math.round(median(times))} ms`);
  }
  console.log(`  as published / bare  ${((medians[2] ?? 0) / (medians[0] ?? 1)).toFixed(1)}`);
}
