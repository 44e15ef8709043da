/** What Nxos answers, and what of it a call cannot do without: the id of what there is now, or the list itself. */
import { maybe, type ReadReply, readReply, reply } from '../reading.ts';
import * as wire from './objects.ts';

export const accountDetail = reply(wire.accountDetail, 'accountId');
export type AccountDetail = ReadReply<typeof accountDetail>;
export const fundingMethod = reply(wire.fundingMethodDetail, 'fundingMethodId');
export type FundingMethod = ReadReply<typeof fundingMethod>;
export const transfer = reply(wire.nxosnetTransfer, 'transactionId');
export type Transfer = ReadReply<typeof transfer>;
export const transaction = reply(wire.transaction, 'transactionId');
export type Transaction = ReadReply<typeof transaction>;
export const beneficiary = reply(wire.beneficiary, 'beneficiaryId');
export type Beneficiary = ReadReply<typeof beneficiary>;
/** The document says no more than that it is done, and the caller knows which. */
export const archivedBeneficiary = reply(wire.archivedBeneficiary);
export const nxosnetSettings = reply(wire.nxosnetSettings);
export type NxosnetSettings = ReadReply<typeof nxosnetSettings>;
export const quote = reply(wire.quote, 'quoteId');
export type Quote = ReadReply<typeof quote>;
export const trade = reply(wire.trade, 'transactionId');
export type Trade = ReadReply<typeof trade>;
export const feeSchedule = reply(wire.feeSchedule, 'fixed', 'bps', 'asset');
export type FeeSchedule = ReadReply<typeof feeSchedule>;
export const cryptoPayout = reply(wire.cryptoPayout, 'transactionId');
export type CryptoPayout = ReadReply<typeof cryptoPayout>;
export const fiatPayout = reply(wire.fiatPayout, 'transactionId');
export type FiatPayout = ReadReply<typeof fiatPayout>;
export const endpoint = reply(wire.endpoint, 'id');
export type WebhookEndpoint = ReadReply<typeof endpoint>;
export const endpointSecret = reply(wire.endpointSecret, 'key');
export const deletedEndpoint = reply(wire.deletedEndpoint);

/** Rows are read one by one: what is odd in one of them is `undefined` there, beside its `raw`. */
export const accountList = reply(wire.accountList, 'data');
export type AccountRow = Row<typeof accountList>;
export const beneficiaryList = reply(wire.beneficiaryList, 'data');
export type BeneficiaryRow = Row<typeof beneficiaryList>;
export const transactionList = reply(wire.transactionList, 'data');
export type TransactionRow = Row<typeof transactionList>;
export const endpointList = reply(wire.endpointList, 'data');
export type EndpointRow = Row<typeof endpointList>;

type Row<R> = ReadReply<R> extends { readonly data: readonly (infer Item)[] } ? Item : never;

const event = reply(wire.nxosEvent, 'type');

/** One event; what it is about is whatever Nxos sent, because no document shows that. */
export type NxosEvent = Omit<ReadReply<typeof event>, 'data'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

/** `undefined` for what has no type: nobody could act on it. */
export function readNxosEvent(json: unknown): NxosEvent | undefined {
  const read = readReply(event, json);
  return read && { ...read, data: maybe(read.data) ?? {} };
}
