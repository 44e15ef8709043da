import { kassa } from '../../../lib/kassa.js';

export const GET = kassa.fetch;
export const POST = kassa.fetch;
