/** As one writes it first, without `bodyParser: false`. */
import { createKassa, toNodeHandler } from 'kassa/server';
import { options } from '../../../lib/kassa.js';

const kassa = createKassa({
  ...options,
  basePath: '/api/parsed',
  onError: ({ code, hint }) => console.log(`told: ${code}: ${hint}`),
});

export default toNodeHandler(kassa.fetch);
