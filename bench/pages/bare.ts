/** The floor: an iframe made by an external script, with the checks nobody may leave out, and nothing else. */
import type { BenchWindow } from './window.ts';

const bench = window as unknown as BenchWindow;

const frame = document.createElement('iframe');
frame.src = `${bench.benchFrame}#bare=${encodeURIComponent(location.origin)}`;
addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
  if (source !== frame.contentWindow || origin !== new URL(bench.benchFrame).origin) return;
  if (data === 'ready') bench.benchReady();
});
document.body.append(frame);
