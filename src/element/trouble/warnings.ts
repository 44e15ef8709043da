/** What has no other way to the author of a tag than the console. */
const warned = new Set<string>();

/** Each once, however many tags a page has. */
export function warnAuthor(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  // oxlint-disable-next-line no-console -- see above
  console.warn(`<kassa-cashier>: ${text}`);
}
