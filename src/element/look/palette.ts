/**
 * From one colour of the shop's to accents that can be read in both themes: the hue stays, the lightness moves as
 * little as it must (OKLCH, Björn Ottosson, https://bottosson.github.io/posts/oklab/; contrast as WCAG 2.2 has it).
 */

/** Red, green and blue of sRGB, each from 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2, success criterion 1.4.3: text, and the lettering of buttons. */
export const ENOUGH_CONTRAST = 4.5;

export interface Accent {
  readonly accent: Rgb;
  /** What is written on it. */
  readonly onAccent: Rgb;
}

const WHITE: Rgb = [1, 1, 1];
const BLACK: Rgb = [0, 0, 0];

/** The nearest colour to the seed that stands out from this surface. */
export function accentOn(surface: Rgb, seed: Rgb): Accent {
  const accent = standingOut(surface, seed);
  return { accent, onAccent: contrast(accent, WHITE) >= ENOUGH_CONTRAST ? WHITE : BLACK };
}

function standingOut(surface: Rgb, seed: Rgb): Rgb {
  if (contrast(seed, surface) >= ENOUGH_CONTRAST) return seed;
  const [lightness, a, b] = toOklab(seed);
  const target = luminance(surface) > 0.18 ? 0 : 1;
  // Halving: `enough` always stands out (the end of the way is black or white), `tooClose` never does.
  let tooClose = 0;
  let enough = 1;
  const at = (way: number): Rgb => {
    const colour = (1 - way) ** 0.5;
    return rounded(fromOklab([lightness + (target - lightness) * way, a * colour, b * colour]));
  };
  for (let step = 0; step < 16; step += 1) {
    const middle = (tooClose + enough) / 2;
    if (contrast(at(middle), surface) >= ENOUGH_CONTRAST) enough = middle;
    else tooClose = middle;
  }
  return at(enough);
}

/** From 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = toLinear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const toHex = (color: Rgb): string =>
  `#${color
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** To what a screen can show, so that what is measured is what is seen. */
const rounded = ([red, green, blue]: Rgb): Rgb => [round(red), round(green), round(blue)];
const round = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 255) / 255;

const toLinear = ([red, green, blue]: Rgb): Rgb => [linear(red), linear(green), linear(blue)];
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const gamma = (part: number): number =>
  part <= 0.0031308 ? part * 12.92 : 1.055 * Math.max(0, part) ** (1 / 2.4) - 0.055;

function toOklab(color: Rgb): Rgb {
  const [r, g, b] = toLinear(color);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
