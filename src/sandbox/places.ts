/** Where things are in the sandbox, below its own address, and what that address is for those who are sent there. */

/** The three systems of one sandbox: Nixo and Nxos both own `/v1/accounts`, so each has a room of its own. */
export const PLACES = { gateway: '/gateway', nixo: '/nixo', nxos: '/nxos', control: '/_sandbox' } as const;

/** The address to send others to: behind a proxy or under a prefix, the request does not know it. */
export type AddressOf = (request: { readonly url: string }) => string;

export const addressOf =
  (publicUrl: string | undefined): AddressOf =>
  ({ url }) =>
    publicUrl?.replace(/\/+$/, '') ?? new URL(url).origin;
