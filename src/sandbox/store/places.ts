import { fileURLToPath } from 'node:url';

export const migrationsFolder = fileURLToPath(new URL(/* @vite-ignore */ './migrations', import.meta.url));
