/** What the shell says to shoppers. English is always there; other languages come when they are asked for. */
import type { CashierErrorCode } from '../errors.ts';

export interface Words {
  /** The accessible name of the frame. */
  readonly frameTitle: string;
  readonly loading: string;
  readonly tryAgain: string;
  readonly openInWindow: string;
  readonly close: string;
  readonly errorTitle: string;
}

/** By error; what only the shop's developers can mend is one sentence, `shop-fault`. */
export type ErrorWords = Readonly<
  Partial<Record<CashierErrorCode, string>> & { readonly 'shop-fault': string }
>;

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'ar', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The best of the languages there are for a BCP 47 tag. */
export function languageFor(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');
