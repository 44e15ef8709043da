import { toNodeHandler } from 'kassa/server';
import { kassa } from '../../../lib/kassa.js';

/** A webhook is signed over its bytes, which Next's parser does not keep. */
export const config = { api: { bodyParser: false } };

export default toNodeHandler(kassa.fetch);
