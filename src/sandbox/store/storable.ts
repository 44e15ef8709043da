/** PostgreSQL's text and jsonb can hold neither U+0000 nor half a surrogate pair; what has one is in no table. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

export const isStorable = (text: string): boolean => text.search(UNSTORABLE) === -1;

/** Of what may be any text, as much as can be kept. */
export const storable = (text: string): string => text.replace(UNSTORABLE, '\ufffd');
