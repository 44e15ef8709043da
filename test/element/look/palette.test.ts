import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { accentOn, contrast, type Rgb, toHex } from '../../../src/element/look/palette.ts';

const WHITE: Rgb = [1, 1, 1];
const DARK: Rgb = [0x18 / 255, 0x1b / 255, 0x21 / 255];
const part = fc.integer({ min: 0, max: 255 }).map((value) => value / 255);
const color: fc.Arbitrary<Rgb> = fc.tuple(part, part, part);

describe('from a seed colour to an accent', () => {
  // G-32; WCAG 2.2, 1.4.3
  test('any seed becomes an accent that can be read on the surface, and be written on', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(WHITE, DARK), (seed, surface) => {
        const { accent, onAccent } = accentOn(surface, seed);
        assert.ok(contrast(accent, surface) >= 4.5, toHex(accent));
        assert.ok(contrast(accent, onAccent) >= 4.5, `${toHex(onAccent)} on ${toHex(accent)}`);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a seed that can be read already is taken as it is', () => {
    assert.equal(toHex(accentOn(WHITE, [0x25 / 255, 0x47 / 255, 0xd0 / 255]).accent), '#2547d0');
  });

  test('a bright seed is darkened on white and kept on dark', () => {
    const yellow: Rgb = [1, 0.85, 0];
    assert.notEqual(toHex(accentOn(WHITE, yellow).accent), toHex(yellow));
    assert.equal(toHex(accentOn(DARK, yellow).accent), toHex(yellow));
  });

  test('contrast is that of WCAG', () => {
    assert.equal(contrast(WHITE, [0, 0, 0]), 21);
    assert.equal(contrast([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]), 1);
  });
});
