/** Takes over the shop's colours and shapes. The protocol let through nothing but colours, lengths and names of fonts. */
import type { ThemeTokens } from '../../../protocol/page-messages.ts';

/** The page's own property, where it has another name. */
const PROPERTIES: Readonly<Record<string, string>> = { surface: '--card', font: 'font-family' };

export function dress({ style }: HTMLElement, tokens: ThemeTokens): void {
  for (const [name, value] of tokens) {
    const [light, dark] = value.split(' ');
    const isColor = value.startsWith('#');
    style.setProperty(PROPERTIES[name] ?? `--${name}`, isColor ? `light-dark(${light}, ${dark})` : value);
  }
}
