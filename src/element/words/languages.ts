/** Every language but what English needs at once; each a chunk of its own, fetched when it is spoken. */
import type { Language } from '../../model/languages.ts';
import { enErrors } from './en-errors.ts';
import type { ErrorWords, Words } from './words.ts';

interface Spoken {
  readonly words: Words;
  readonly errors: ErrorWords;
}

const LANGUAGES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Spoken>>> = {
  de: () => import('./de.ts').then(({ de, deErrors }) => ({ words: de, errors: deErrors })),
  es: () => import('./es.ts').then(({ es, esErrors }) => ({ words: es, errors: esErrors })),
  fr: () => import('./fr.ts').then(({ fr, frErrors }) => ({ words: fr, errors: frErrors })),
  pt: () => import('./pt.ts').then(({ pt, ptErrors }) => ({ words: pt, errors: ptErrors })),
  ar: () => import('./ar.ts').then(({ ar, arErrors }) => ({ words: ar, errors: arErrors })),
  ja: () => import('./ja.ts').then(({ ja, jaErrors }) => ({ words: ja, errors: jaErrors })),
};

export const wordsOf = async (language: Exclude<Language, 'en'>): Promise<Words> =>
  (await LANGUAGES[language]()).words;

export const errorWordsOf = async (language: Language): Promise<ErrorWords> =>
  language === 'en' ? enErrors : (await LANGUAGES[language]()).errors;
