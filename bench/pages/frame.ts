/**
 * The hosted page of all that bring no script of their own for it: the same bytes, ready at once or with its token, by a
 * bare message, by a peer's, or by the protocol.
 */
import { connectToPage, readEmbedder } from 'kassa/protocol';

const bare = new URLSearchParams(location.hash.slice(1)).get('bare');
const embedder = readEmbedder(location.hash);
const query = new URLSearchParams(location.search);
const polar = query.get('embed_origin');
const paymentiq = query.get('attributes.hostUri');
if (bare !== null) window.parent.postMessage('ready', bare);
else if (polar !== null) window.parent.postMessage({ event: 'loaded', type: 'POLAR_CHECKOUT' }, polar);
else if (paymentiq !== null) {
  const tell = (): void => window.parent.postMessage({ eventType: 'CASHIER_INIT_LOAD' }, paymentiq);
  // Nobody hears it before the frame's load event; the bootstrapper says when somebody does.
  addEventListener('message', ({ data }: MessageEvent<{ eventType?: string } | null>) => {
    if (data?.eventType === 'IS_LOADING') tell();
  });
  tell();
} else if (embedder) {
  const link = connectToPage({
    embedder,
    onMessage: ({ type }) => {
      if (type === 'session') link.send('ready', {});
    },
  });
  if (query.has('token')) link.send('ready', {});
}
