/**
 * Secrets that webhooks are signed with. An empty one signs nothing: whoever knows the algorithm knows the signature.
 * `['new', process.env.OLD]` with OLD unset is the commonest way to one, so each of a list is looked at, twice: when a
 * client is made, and again when a body is checked.
 */
import { OptionsError, PRINTABLE } from './client-options.ts';
import { refuse } from './webhook-body.ts';

const isUsable = (secret: unknown): secret is string => typeof secret === 'string' && secret.trim() !== '';

/** One or several, or `undefined` when there is none or one of them is empty, blank or no text. */
function listed(secret: unknown): readonly string[] | undefined {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  return secrets.length > 0 && secrets.every(isUsable) ? secrets : undefined;
}

/** @throws OptionsError that names the option, never a value. `client` is the function that was called. */
export function requireSecrets(
  client: string,
  secret: unknown,
  name: string,
  hint: string,
): readonly string[] {
  const secrets = listed(secret);
  if (secrets) return secrets;
  throw new OptionsError({
    code: 'missing-option',
    message: `${client}: ${name} is missing, or one of several is empty.`,
    hint,
    retryable: false,
  });
}

/** @throws WebhookError with `missing-secret`: a fault of the receiver, to be answered with 500. */
export const usableSecrets = (secret: unknown): readonly string[] => usableKeys(secret, (it) => it);

/** The same as what they are signed with; `keyOf` answers nothing for one that is malformed. */
export function usableKeys<T>(secret: unknown, keyOf: (secret: string) => T | undefined): readonly T[] {
  // Nothing is signed with what nobody can see: every webhook would be refused, as if its sender were at fault.
  const keys = listed(secret)?.map((it) => (PRINTABLE.test(it) ? keyOf(it) : undefined));
  if (keys?.every((key) => key !== undefined)) return keys;
  throw refuse(
    'missing-secret',
    'There is no secret to check it with, or one of several is empty, malformed or ends with a line break.',
    'Nothing is believed without a secret. Look at the environment variable that it comes from.',
  );
}
