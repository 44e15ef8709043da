/** The words for "a schema, and what goes in and comes out of it", for those who only pass them on. */
export type { input as Input, output as Output, ZodType as Schema } from 'zod';
