/** The first run and the second, from an empty cache; a port in use; words that are none. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = await mkdtemp(join(tmpdir(), 'kassa-cache-'));

/** Until it says where it is, or ends. */
function kassa(...args) {
  const child = spawn(process.execPath, ['node_modules/kassa/dist/command/bin.js', ...args], {
    env: { ...process.env, KASSA_CACHE_DIR: cache },
  });
  return new Promise((resolve) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      if (!said.includes('Ctrl+C')) return;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      void fetch(`${url}/_sandbox`).then(({ status }) => {
        child.kill();
        resolve({ said, status });
      });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('close', (code) => resolve({ said, code }));
  });
}

function expect(what, isTrue, { said }) {
  console.log(`${isTrue ? 'ok    ' : 'FAILED'} ${what}`);
  if (isTrue) return;
  console.log(said);
  process.exitCode = 1;
}

try {
  const first = await kassa('sandbox', '--port', '0');
  expect(
    'the first run fetches and starts',
    first.status === 200 && /First run: fetching/.test(first.said),
    first,
  );
  const second = await kassa('sandbox', '--port', '0');
  expect('the second starts', second.status === 200 && !/fetching/.test(second.said), second);

  const busy = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => busy.once('listening', resolve));
  const { port } = busy.address();
  const refused = await kassa('sandbox', '--port', String(port));
  expect('a port in use is said', refused.code === 1 && refused.said.includes(`--port ${port + 1}`), refused);
  busy.close();

  const version = await kassa('--version');
  expect('--version', version.code === 0 && /^\d+\.\d+\.\d+\n$/.test(version.said), version);
  const fly = await kassa('fly');
  expect('an unknown command is refused', fly.code === 1 && /unknown command 'fly'/.test(fly.said), fly);
} finally {
  await rm(cache, { recursive: true });
}
