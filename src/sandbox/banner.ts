/** What the terminal says at the start. */
import { TEST_CARDS } from './gateway/cards.ts';
import { API_KEYS, SIGNATURE_PASSWORD } from './gateway/seeds.ts';

const group = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

export function describeSandbox(url: string): string {
  const line = (name: string, value: string): string => `  ${name.padEnd(14)} ${value}`;
  return [
    '',
    line('Sandbox', url),
    line('Control page', `${url}/_sandbox`),
    '',
    line('Gateway', `${url}/gateway`),
    ...API_KEYS.map(({ key, note }) => line('  API key', `${key}  ${note}`)),
    line('  Signature', SIGNATURE_PASSWORD),
    '',
    '  Test cards (any later date, any code)',
    ...TEST_CARDS.map(({ number, effect }) => `    ${group(number)}  ${effect}`),
    '',
  ].join('\n');
}
