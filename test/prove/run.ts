/** `npm run prove -- shop`: what is claimed, tried at full size. `KASSA_SEED` repeats a round. */
import { startPostgres } from '../postgres.ts';
import { type Proof, proveShop } from './shop/prove.ts';

const seed = Number(process.env.KASSA_SEED ?? Date.now() % 1_000_000);

const PROOFS: Readonly<Record<string, () => Promise<Proof>>> = {
  async shop() {
    const server = await startPostgres();
    const round = { seed, webhooks: 10_000, orders: 2_500, sessions: 120, kills: 20, restarts: 2 };
    try {
      return await proveShop(round, server);
    } finally {
      await server.stop();
    }
  },
};

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(PROOFS)) {
  const prove = PROOFS[name];
  if (!prove) {
    console.error(`There is no proof "${name}". There is: ${Object.keys(PROOFS).join(', ')}.`);
    process.exit(1);
  }
  const { counts, violations } = await prove();
  console.log(`\n${name}`);
  for (const [what, count] of Object.entries(counts)) console.log(`  ${what.padEnd(36)} ${count}`);
  console.log(`  ${'promises broken'.padEnd(36)} ${violations.length}`);
  for (const violation of violations.slice(0, 50)) console.log(`    ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
}
