/** What the gateway answers, and what of it a call cannot do without. Its documents print samples and promise nothing. */
import * as z from 'zod';
import { reply } from '../reading.ts';
import * as wire from './replies.ts';

export const token = reply(wire.tokenReply, 'token');
/** A token by analogy, a URL by its description; which of them, the caller sees. */
export const direct = reply(z.looseObject({ token: z.string().optional(), url: z.string().optional() }));
export const s2s = reply(wire.s2sReply, 'transaction_status');
/** That it was done is said by the 200. */
export const reject = reply(wire.rejectReply);
export const approve = reply(wire.approveReply);
export const status = reply(wire.statusReply, 'transaction_status');

export const list = reply(wire.listReply);
type Row = wire.ListedTransaction;
/** Of a row, anything may be missing, whole parts included. */
export interface ListedRow {
  readonly transaction?: Partial<Row['transaction']>;
  readonly provider?: Partial<Row['provider']>;
}
