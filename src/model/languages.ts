/** The languages of everything that Kassa says to shoppers. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'ar', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The best of the languages there are for a BCP 47 tag. */
export function languageFor(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');
