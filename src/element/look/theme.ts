/** Reads the shop's `--kassa-*` properties as the browser understands them, for the frame and for the shell. */
import { THEME_COLORS, type ThemeColor, themeToken } from '../../protocol/theme.ts';
import type { ThemeTokens } from '../../protocol/page-messages.ts';
import { accentOn, type Rgb, toHex } from './palette.ts';

interface BothSchemes {
  readonly light: Rgb;
  readonly dark: Rgb;
}

/**
 * What the shop set, as values that cannot be anything else. A seed colour becomes an accent that can be read, here
 * and in the frame, unless the shop named its accent itself.
 */
export function readTheme(panel: HTMLElement): ThemeTokens {
  const style = getComputedStyle(panel);
  const isSet = (name: string): boolean => style.getPropertyValue(`--kassa-${name}`).trim() !== '';
  const probe = document.createElement('i');
  panel.append(probe);
  try {
    const colors = Object.keys(THEME_COLORS).filter((name): name is ThemeColor => isSet(name));
    const named = colors.flatMap((name) => tokenOf(name, readColor(probe, `var(--kassa-${name})`)));
    const seeded = isSet('seed') && !colors.includes('accent') ? fromSeed(probe, panel) : [];
    const radius = isSet('radius') ? readLength(probe) : [];
    const font: ThemeTokens = [['font', style.getPropertyValue('--kassa-font').trim()]];
    if (seeded.length === 0) clearSeed(panel);
    // What could fetch or compute something in the frame stays at home.
    return [...named, ...seeded, ...radius, ...font].filter(themeToken.accepts);
  } finally {
    probe.remove();
  }
}

function fromSeed(probe: HTMLElement, panel: HTMLElement): ThemeTokens {
  const seed = readColor(probe, 'var(--kassa-seed)');
  const surface = readColor(probe, 'var(--_surface)');
  if (!seed || !surface) return [];
  const light = accentOn(surface.light, seed.light);
  const dark = accentOn(surface.dark, seed.dark);
  const accent = { light: light.accent, dark: dark.accent };
  const onAccent = { light: light.onAccent, dark: dark.onAccent };
  panel.style.setProperty('--_accent', lightDark(accent));
  panel.style.setProperty('--_on-accent', lightDark(onAccent));
  return [...tokenOf('accent', accent), ...tokenOf('on-accent', onAccent)];
}

function clearSeed({ style }: HTMLElement): void {
  style.removeProperty('--_accent');
  style.removeProperty('--_on-accent');
}

const lightDark = ({ light, dark }: BothSchemes): string => `light-dark(${toHex(light)}, ${toHex(dark)})`;

const tokenOf = (name: ThemeColor, color: BothSchemes | undefined): ThemeTokens =>
  color ? [[name, `${toHex(color.light)} ${toHex(color.dark)}`]] : [];

/** Whatever the shop wrote, mixed with nothing in sRGB: the browser then answers with three plain numbers. */
function readColor(probe: HTMLElement, value: string): BothSchemes | undefined {
  const read = (scheme: 'light' | 'dark'): Rgb | undefined => {
    probe.style.colorScheme = scheme;
    // A value that is no colour leaves the inherited one, which is not written like this.
    probe.style.color = `color-mix(in srgb, ${value} 100%, transparent 0%)`;
    const [red, green, blue, alpha = 1] =
      /^color\(srgb ([^)]+)\)$/
        .exec(getComputedStyle(probe).color)?.[1]
        ?.split(/[\s/]+/)
        .map(Number) ?? [];
    if (red === undefined || green === undefined || blue === undefined || alpha === 0) return undefined;
    return [clamp(red), clamp(green), clamp(blue)];
  };
  const light = read('light');
  const dark = read('dark');
  return light && dark && { light, dark };
}

const clamp = (part: number): number => Math.min(1, Math.max(0, part));

function readLength(probe: HTMLElement): ThemeTokens {
  probe.style.borderTopLeftRadius = 'var(--kassa-radius)';
  return [['radius', getComputedStyle(probe).borderTopLeftRadius]];
}
