/** What the terminal says at the start. */
import { TEST_CARDS } from './gateway/cards.ts';
import { API_KEYS, SIGNATURE_PASSWORD } from './gateway/seeds.ts';
import { API_KEYS as NIXO_KEYS, WEBHOOK_SECRET } from './nixo/seeds.ts';
import { ORGANIZATIONS } from './nxos/seeds.ts';
import { PLACES } from './places.ts';
import { MAGIC_REFERENCES } from './payout-lever.ts';

const group = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

export function describeSandbox(url: string): string {
  const line = (name: string, value: string): string => `  ${name.padEnd(14)} ${value}`;
  return [
    '',
    line('Sandbox', url),
    line('Control page', url + PLACES.control),
    '',
    line('Gateway', url + PLACES.gateway),
    ...API_KEYS.map(({ key, note }) => line('  API key', `${key}  ${note}`)),
    line('  Signature', SIGNATURE_PASSWORD),
    line('Nixo', url + PLACES.nixo),
    ...NIXO_KEYS.map(({ key, note }) => line('  API key', `${key}  ${note}`)),
    line('  Signature', WEBHOOK_SECRET),
    line('Nxos', url + PLACES.nxos),
    ...ORGANIZATIONS.map(({ key, name, handle }) => line('  API key', `${key}  ${name}, handle ${handle}`)),
    '',
    '  Test cards (any later date, any code)',
    ...TEST_CARDS.map(({ number, effect }) => `    ${group(number)}  ${effect}`),
    '',
    '  References of Nixo’s payouts, notes of Nxos’s',
    ...MAGIC_REFERENCES.map(({ reference, effect }) => `    ${reference.padEnd(20)} ${effect}`),
    '',
  ].join('\n');
}
