#!/usr/bin/env node
/** An old Node cannot even read what the command is made of, so it is asked for its version before that is imported. */
import { tooOld } from './node-version.ts';

const said = tooOld(process.versions.node);
if (said === undefined) {
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
} else {
  console.error(said);
  process.exitCode = 1;
}
