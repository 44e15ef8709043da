import type { Language } from '../../model/languages.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** A language that cannot be fetched leaves the shell in English rather than blank. */
export const loadWords = async (language: Language): Promise<Words> =>
  language === 'en' ? en : import('./languages.ts').then(({ wordsOf }) => wordsOf(language)).catch(() => en);
