/** PostgreSQL's text and jsonb can hold neither U+0000 nor half a surrogate pair; what has one is in no table. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
