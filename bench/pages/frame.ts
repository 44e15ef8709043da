/** The hosted page of both: the same bytes, ready at once, by a bare message or by the protocol. */
import { connectToPage, readEmbedder } from 'kassa/protocol';

const bare = new URLSearchParams(location.hash.slice(1)).get('bare');
const embedder = readEmbedder(location.hash);
if (bare !== null) window.parent.postMessage('ready', bare);
else if (embedder) connectToPage({ embedder, onMessage: () => undefined }).send('ready', {});
