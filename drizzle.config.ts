import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` writes the migration for a changed schema. */
export default defineConfig({
  dialect: 'postgresql',
  schema: 'src/sandbox/store/schema.ts',
  out: 'src/sandbox/store/migrations',
});
