/** Runs one suite on every store there is: PGlite in memory, PGlite in a folder, and a real PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createTestDatabase } from '../postgres.ts';

export interface StorePlace {
  readonly dataDir?: string;
  readonly databaseUrl?: string;
}

export interface StoreKind {
  readonly name: string;
  /** Opens a place that stays the same until it is given back. */
  acquire(): Promise<{ readonly place: StorePlace; release(): Promise<void> } | { readonly missing: string }>;
}

export const MEMORY: StoreKind = {
  name: 'PGlite in memory',
  acquire: () => Promise.resolve({ place: {}, release: () => Promise.resolve() }),
};

export const FOLDER: StoreKind = {
  name: 'PGlite in a folder',
  async acquire() {
    const dataDir = await mkdtemp(join(tmpdir(), 'kassa-data-'));
    return { place: { dataDir }, release: () => rm(dataDir, { recursive: true, force: true }) };
  },
};

export const POSTGRES: StoreKind = {
  name: 'PostgreSQL',
  async acquire() {
    const database = await createTestDatabase();
    if ('missing' in database) return database;
    return { place: { databaseUrl: database.url }, release: () => database.drop() };
  },
};

/** One `describe` a store; a PostgreSQL that cannot be had is said, never passed over in silence. */
export async function onEachStore(
  kinds: readonly StoreKind[],
  suite: (place: StorePlace, kind: StoreKind) => void,
): Promise<void> {
  for (const kind of kinds) {
    const acquired = await kind.acquire();
    if ('missing' in acquired) {
      test(`on ${kind.name}: NOT TESTED, none can be had (${acquired.missing})`, { skip: true });
      continue;
    }
    try {
      await describe(`on ${kind.name}`, () => suite(acquired.place, kind));
    } finally {
      await acquired.release();
    }
  }
}
