import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengeSize } from '../../../src/element/challenge/sizes.ts';

// EMV 3-D Secure 2.2, challengeWindowSize; F41, pain 20
for (const [width, height, code] of [
  [1200, 900, '03'],
  [500, 600, '03'],
  [700, 500, '04'],
  [499, 900, '02'],
  [390, 400, '02'],
  [389, 844, '05'],
  [350, 844, '05'],
  [300, 400, '01'],
  [250, 399, '05'],
  [249, 900, '05'],
] as const) {
  test(`in ${width} x ${height} the challenge has size ${code}: the largest that fits`, () => {
    assert.equal(challengeSize(width, height).code, code);
  });
}
