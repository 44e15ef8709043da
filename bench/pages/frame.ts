/** The hosted page of all: the same bytes, ready at once or with its token, by a bare message or by the protocol. */
import { connectToPage, readEmbedder } from 'kassa/protocol';

const bare = new URLSearchParams(location.hash.slice(1)).get('bare');
const embedder = readEmbedder(location.hash);
const polar = new URLSearchParams(location.search).get('embed_origin');
const hasToken = new URLSearchParams(location.search).has('token');
if (bare !== null) window.parent.postMessage('ready', bare);
else if (polar !== null) window.parent.postMessage({ event: 'loaded', type: 'POLAR_CHECKOUT' }, polar);
else if (embedder) {
  const link = connectToPage({
    embedder,
    onMessage: ({ type }) => {
      if (type === 'session') link.send('ready', {});
    },
  });
  if (hasToken) link.send('ready', {});
}
