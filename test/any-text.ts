import fc from 'fast-check';

/** Every code point that is none of half a surrogate pair. */
const codePoint = fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }));
const unit = codePoint.map((code) => String.fromCodePoint(code));

/**
 * Any text, and the ASCII that fast-check holds to be dangerous. Its own unit `binary` says the first too, but puts all 1.1
 * million code points in a map before it begins: a second of CPU in each process.
 */
export const anyText = (lengths: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.string({ ...lengths, unit }), weight: 3 }, fc.string(lengths));
