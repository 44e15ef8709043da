/** Penpal, as its README says it for the parent window: ready when its connection is made. */
import { connect, WindowMessenger } from 'penpal';
import type { BenchWindow } from './window.ts';

const bench = window as unknown as BenchWindow;

const frame = document.createElement('iframe');
frame.src = `${bench.benchFrame}#shop=${encodeURIComponent(location.origin)}`;
document.body.append(frame);
const messenger = new WindowMessenger({
  remoteWindow: frame.contentWindow ?? window,
  allowedOrigins: [new URL(frame.src).origin],
});
await connect({ messenger }).promise;
bench.benchReady();
