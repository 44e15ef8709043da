/** Run by `npm version`: what was unreleased gets the version's number and its day. */
import { readFile, writeFile } from 'node:fs/promises';
import { released } from './released.ts';

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
const today = new Date().toISOString().slice(0, 10);
await writeFile('CHANGELOG.md', released(await readFile('CHANGELOG.md', 'utf8'), version, today));
