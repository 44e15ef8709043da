import type { Language } from '../../model/languages.ts';
import { en } from './en.ts';
import type { ErrorWords, Words } from './words.ts';

/** A language that cannot be fetched leaves the shell in English rather than blank. */
export const loadWords = async (language: Language): Promise<Words> =>
  language === 'en' ? en : import('./languages.ts').then(({ wordsOf }) => wordsOf(language)).catch(() => en);

/** Nothing when not even the sentences can be fetched: the card then shows its title and its button. */
export const loadErrorWords = (language: Language): Promise<ErrorWords | undefined> =>
  import('./languages.ts').then(({ errorWordsOf }) => errorWordsOf(language)).catch(() => undefined);
