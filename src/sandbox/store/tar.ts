/** Reads a tar as PGlite writes it: POSIX headers, short names, nothing but files and folders. */

export interface TarEntry {
  /** Such as `/base/5/1255`. */
  readonly path: string;
  /** A part of the tar itself, not a copy; `undefined` for a folder. */
  readonly bytes: Uint8Array | undefined;
}

const BLOCK = 512;
const FOLDER = '5';

/** Name, size as octal digits, and type: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
const FIELDS = { path: [0, 100], size: [124, 12], type: [156, 1] } as const;

export function readTar(tar: Uint8Array): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at < tar.length && tar[at] !== 0;) {
    const field = (name: keyof typeof FIELDS): string => textOf(tar, at + FIELDS[name][0], FIELDS[name][1]);
    const size = Number.parseInt(field('size'), 8);
    const begin = at + BLOCK;
    const isFolder = field('type') === FOLDER;
    entries.push({ path: field('path'), bytes: isFolder ? undefined : tar.subarray(begin, begin + size) });
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function textOf(bytes: Uint8Array, from: number, length: number): string {
  let text = '';
  for (let at = from; at < from + length && bytes[at]; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
