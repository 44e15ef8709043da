import type { Language } from '../../../model/languages.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** One chunk a language; a language that cannot be fetched leaves the page in English rather than blank. */
export async function loadWords(language: Language): Promise<Words> {
  try {
    switch (language) {
      case 'en':
        return en;
      case 'de':
        return (await import('./de.ts')).de;
      case 'es':
        return (await import('./es.ts')).es;
      case 'fr':
        return (await import('./fr.ts')).fr;
      case 'pt':
        return (await import('./pt.ts')).pt;
      case 'ar':
        return (await import('./ar.ts')).ar;
      case 'ja':
        return (await import('./ja.ts')).ja;
    }
  } catch {
    return en;
  }
}
