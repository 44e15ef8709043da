/** `kassa/postgres`: the order book in PostgreSQL or PGlite, over a client of yours. */
export { createPostgresBook } from './book.ts';
export { migrate } from './migrate.ts';
export { DatabaseError } from './errors.ts';

export type { PostgresBook, PostgresBookOptions } from './book.ts';
export type { DatabaseClient, TransactionOf } from './clients/recognize.ts';
export type { Migrated } from './migrate.ts';
