/** What Nixo answers, and what of it a call cannot do without. Its overview promises an id, a status and timestamps. */
import { type ReadReply, reply } from '../reading.ts';
import * as wire from './objects.ts';

export const payout = reply(wire.payout, 'id');
export const payoutList = reply(wire.payoutList, 'data');
export const account = reply(wire.account, 'id');
export type Account = ReadReply<typeof account>;
export const balanceList = reply(wire.balanceList, 'data');
export type Balance = ReadReply<typeof balanceList>['data'][number];
