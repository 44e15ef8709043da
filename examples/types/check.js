/**
 * The tag in the templates of five frameworks: what must compile does, and what must not is refused for the right reason.
 * JSX says that by `@ts-expect-error`; for Vue and Svelte, which have no such line in a template, it is counted here.
 */
import { spawnSync } from 'node:child_process';

const WRONG = [/"refund\\?"/, /Property 'detail' does not exist/];

const CHECKS = {
  react: { command: ['tsc', '-p', 'react'], wrong: [] },
  preact: { command: ['tsc', '-p', 'preact'], wrong: [] },
  solid: { command: ['tsc', '-p', 'solid'], wrong: [] },
  vue: { command: ['vue-tsc', '-p', 'vue'], wrong: WRONG },
  svelte: {
    command: [
      'svelte-check',
      '--workspace',
      'svelte',
      '--tsconfig',
      './tsconfig.json',
      '--output',
      'machine',
    ],
    wrong: WRONG,
  },
};

for (const [name, { command, wrong }] of Object.entries(CHECKS)) {
  const { stdout } = spawnSync(`node_modules/.bin/${command[0]}`, command.slice(1), { encoding: 'utf8' });
  const said = stdout.split('\n').filter((line) => /error TS|ERROR "/.test(line));
  const isRight = said.length === wrong.length && wrong.every((fault, at) => fault.test(said[at] ?? ''));
  console.log(`${isRight ? 'ok    ' : 'FAILED'} ${name}`);
  if (isRight) continue;
  console.log(said.join('\n'));
  process.exitCode = 1;
}
