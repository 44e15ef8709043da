/** Whatever a system echoes: long runs of digits (cards) and long opaque words (keys, tokens) are cut out. */
export function redact(text: string): string {
  return text
    .replace(/\b(?:[0-9][ -]?){12,19}\b/g, '[digits]')
    .replace(/\b(?=[A-Za-z0-9_-]*[0-9_])[A-Za-z0-9_-]{14,}\b/g, '[redacted]');
}
