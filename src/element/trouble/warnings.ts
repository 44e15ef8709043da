/** What has no other way to the author of a tag than the console. */
const warned = new Set<string>();

/** Each once, however many tags a page has; of a word that stands alone, nothing would do. */
export function warnAuthor(word: string, words?: readonly string[]): void {
  const text = words
    ? `"${word}" is none of ${words.join()}.`
    : `${word} is ignored; keys stay in your backend.`;
  if (warned.has(text)) return;
  warned.add(text);
  // oxlint-disable-next-line no-console -- see above
  console.warn(`<kassa-cashier>: ${text}`);
}
