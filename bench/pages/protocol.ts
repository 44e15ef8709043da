/** The frame protocol as an operator's page gets it. */
import { connectToPage, readEmbedder } from 'kassa/protocol';

const embedder = readEmbedder(location.hash);
if (embedder) connectToPage({ embedder, onMessage: () => undefined }).send('ready', {});
