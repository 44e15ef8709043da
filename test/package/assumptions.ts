/**
 * Everything that Kassa had to choose because no document of the three systems says it: made from the profile and the
 * constants that hold the choices, so that the documentation cannot promise another one.
 */
import { ENDPOINTS, CASHIER_PATH, ID_KIND, TOKEN_LIFE_MS } from '../../src/server/gateway/profile.ts';
import { PRINTED } from '../../src/sandbox/nxos/seeds.ts';
import { NIXO_SIGNATURE_HEADER } from '../../src/wire/nixo/signature.ts';
import { REQUESTS } from '../fixtures/nxos-examples.ts';

interface Assumption {
  /** What was chosen. */
  readonly what: string;
  /** What replaces it: an option of the client, or of the tag. Without one it is read leniently, or the sandbox's alone. */
  readonly option?: string;
}

const idsOf = (kind: string): string =>
  Object.entries(ID_KIND)
    .filter(([, documented]) => documented === kind)
    .map(([operation]) => operation)
    .join(', ');

export const ASSUMPTIONS: Readonly<Record<'Gateway' | 'Nixo' | 'Nxos', readonly Assumption[]>> = {
  Gateway: [
    { what: `methods and paths of the ${Object.keys(ENDPOINTS).length} operations`, option: 'endpoints' },
    { what: `the hosted page at \`${CASHIER_PATH}\``, option: 'cashierUrl' },
    { what: 'what it says to the page around it', option: 'dialect' },
    { what: `a token’s life of ${TOKEN_LIFE_MS / 60_000} minutes` },
    {
      what: `the shop’s id for ${idsOf('trackingId')}, the gateway’s for ${idsOf('transactionId')}`,
      option: 'idKind',
    },
    { what: 'birthdays day first', option: 'dobFormat' },
    { what: 'which key is a live one', option: 'environment' },
    { what: 'which fields an order must have', option: 'unknownFields' },
    { what: 'what `settings` may hold (return, success, failure and cancel URL, language, origins)' },
    { what: 'the answer to a direct order (a token or a URL)' },
    { what: 'the body of a refusal' },
    { what: 'which statuses and types there are besides those shown' },
    { what: 'days in UTC, and ranges with an open end' },
    { what: 'the zone of a listed transaction’s date', option: 'timeZone' },
    { what: 'which answer to a webhook counts (any 2xx within 10 s) and that 15 attempts are all' },
  ],
  Nixo: [
    { what: 'accounts and balances' },
    { what: 'parameters and envelope of lists', option: 'unknownFields' },
    {
      what: `envelope, header (\`${NIXO_SIGNATURE_HEADER}\`), signature and retries of events`,
      option: 'scheme',
    },
    { what: 'the path of cancel' },
    { what: 'what an idempotency key does (as at Nxos)' },
    { what: 'rates, and codes for 404 and 409' },
    { what: 'how a live key looks', option: 'baseUrl' },
  ],
  Nxos: [
    { what: 'rates' },
    { what: 'the end of the table of errors' },
    { what: '`data` of events' },
    { what: 'details of transactions and nxosnet beneficiaries' },
    {
      what: 'a transfer as two transactions, one for each side under its own id, with the note in both and tags and metadata in the sender’s alone',
    },
    {
      what: `which of two samples counts: the printed account holds ${PRINTED.balances.USD} USD, so the sandbox refuses the printed payout of ${REQUESTS.fiatPayout.amount} USD from it, and answers a smaller one as printed, with its fee`,
    },
    {
      what: 'prices of payouts in the sandbox, which has neither verification nor letters of authorization',
      option: 'onBehalfOf',
    },
  ],
};

/** The section of `docs/assumptions.md` for this system. */
export const sectionOf = (system: keyof typeof ASSUMPTIONS): string => {
  const lines = ASSUMPTIONS[system].map(({ what, option }) =>
    option === undefined ? `- ${what}` : `- ${what} (\`${option}\`)`,
  );
  return `## ${system}\n\n${lines.join('\n')}\n`;
};
