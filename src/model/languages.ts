/** The languages of everything that Kassa says to shoppers. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'ar', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The BCP 47 tag in what a page says its language is, `pt-BR` of `pt_BR` and of `pt_BR.UTF-8`; none in what is no language.
 * A page may say anything, and nobody's payment is refused for it.
 */
export function languageTag(said: unknown): string | undefined {
  const text = typeof said === 'string' ? said.trim().replaceAll('_', '-') : '';
  return /^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}\b/i.exec(text)?.[0];
}

/** The best of the languages there are for what a page says. */
export function languageFor(said: string): Language {
  const primary = languageTag(said)?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');
