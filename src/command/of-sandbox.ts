/** What is known of a command before anything is imported. */

const OF_KASSA = ['help', '--help', '-h', '--version', '-v'];

/** `kassa` and `kassa --port 4020` are the sandbox's: it is what most come for. */
export function isOfSandbox([first = '']: readonly string[]): boolean {
  return first === '' || first === 'sandbox' || (first.startsWith('-') && !OF_KASSA.includes(first));
}

/** Where the data of the sandbox will be, as far as it can be told by now. */
export function placeOfData(
  args: readonly string[],
  { DATABASE_URL, KASSA_DATA_DIR }: Readonly<Record<string, string | undefined>>,
): 'memory' | 'folder' | 'postgres' {
  const isGiven = (option: string): boolean => args.some((arg) => arg.split('=')[0] === option);
  if (DATABASE_URL || isGiven('--database-url')) return 'postgres';
  return KASSA_DATA_DIR || isGiven('--data-dir') ? 'folder' : 'memory';
}
