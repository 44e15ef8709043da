/** The words Kassa uses for the state of a payment, whatever the system behind it calls them. */
export const STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type Status = (typeof STATUSES)[number];

export { isFinal } from './final.ts';
