/** Drawn here, so that the page loads nothing from anywhere. */
import { html, svg, type TemplateResult } from 'lit';
import type { ProviderKind } from '../view.ts';

const draw = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;

export const check = draw('M5 12.5l4.5 4.5L19 7.5');
export const cross = draw('M7 7l10 10M17 7L7 17');
export const clock = draw('M12 6.5V12l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z');
export const help = draw(
  'M9.2 9.2a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2M12 17v.4M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
);
export const copy = draw('M9 9h11v11H9zM5 15H4V4h11v1');
export const lock = draw('M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z');

const KINDS: Readonly<Record<ProviderKind, TemplateResult>> = {
  card: draw('M3 6h18v12H3zM3 10h18M6.5 14.5h4'),
  wallet: draw('M4 7h15v12H4zM4 7l10-3v3M15 12h5v3h-5z'),
  bank_transfer: draw('M4 10l8-5 8 5M6 10v7M10 10v7M14 10v7M18 10v7M4 19h16'),
  crypto: draw('M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 8l4 4-4 4-4-4z'),
};

export const kindIcon = (kind: ProviderKind): TemplateResult => KINDS[kind];
