/**
 * The shop's colours and shapes on their way into the hosted page: names from a list, values that can be nothing but
 * a colour, a length or names of fonts. Never CSS text: what one page says must not become style rules in another.
 */
import type { Field } from './shape.ts';

/** Light and dark, as `#rrggbb #rrggbb`; which one is used is the frame's to follow (CSS `color-scheme`). */
const COLOR = /^#[0-9a-f]{6} #[0-9a-f]{6}$/;
/** CSS pixels. */
const LENGTH = /^\d{1,3}(?:\.\d{1,3})?px$/;
/** Names of font families; no function, so nothing is fetched. */
const FONT = /^[\w "',-]{1,200}$/;

export const THEME_COLORS = {
  ink: COLOR,
  quiet: COLOR,
  surface: COLOR,
  line: COLOR,
  accent: COLOR,
  'on-accent': COLOR,
} as const;
export type ThemeColor = keyof typeof THEME_COLORS;

/** Every name there is, and the form of its value. */
export const THEME_TOKENS: Readonly<Record<string, RegExp>> = { ...THEME_COLORS, radius: LENGTH, font: FONT };

/** A name and its value. */
export type ThemeToken = readonly [name: string, value: string];

export const themeToken: Field<ThemeToken> = {
  accepts: (value): value is ThemeToken => {
    if (!Array.isArray(value) || value.length !== 2) return false;
    const [name, text] = value as readonly unknown[];
    if (typeof name !== 'string' || typeof text !== 'string') return false;
    return Object.hasOwn(THEME_TOKENS, name) && (THEME_TOKENS[name]?.test(text) ?? false);
  },
};
