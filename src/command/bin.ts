#!/usr/bin/env node
/** An old Node cannot even read what the command is made of, so it is asked for its version before that is imported. */
import { tooOld } from './node-version.ts';
import { isOfSandbox, placeOfData } from './of-sandbox.ts';

const said = tooOld(process.versions.node);
if (said === undefined) {
  const args = process.argv.slice(2);
  const place = placeOfData(args, process.env);
  if (isOfSandbox(args) && place !== 'postgres') {
    // Read and compiled while the command is imported, which takes as long.
    const { beginEngine } = await import('../sandbox/store/engine.ts');
    beginEngine({ withFiles: place === 'memory' });
  }
  const { main } = await import('./main.ts');
  await main(args);
} else {
  console.error(said);
  process.exitCode = 1;
}
