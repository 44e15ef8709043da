/** What the person in front of `npm test` sees: what is done, and on a terminal a live line for each lane below it. */
import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Progress } from './stage.ts';

export interface Screen {
  /** What a lane is at, until the next word; nothing when it has come to its end. */
  show(lane: number, progress: Progress | undefined): void;
  /** Says something for good. */
  print(text: string): void;
  close(): void;
}

/** `journeys  12 of 71 tests  1:05` */
export function liveLine({ stage, done, toDo }: Progress, elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1_000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const steps = stage.unit === undefined || toDo === 0 ? '' : `${done} of ${toDo} ${stage.unit}`;
  return `${stage.name.padEnd(9)} ${steps.padEnd(18)} ${clock}`;
}

export function createScreen(out: WriteStream, now: () => number): Screen {
  const lines = new Map<number, { readonly progress: Progress; readonly since: number }>();
  let drawn = 0;
  const erase = (): void => {
    if (drawn === 0) return;
    moveCursor(out, 0, -drawn);
    clearScreenDown(out);
    drawn = 0;
  };
  const draw = (): void => {
    erase();
    if (!out.isTTY) return;
    for (const lane of [...lines.keys()].toSorted((one, other) => one - other)) {
      const line = lines.get(lane);
      if (!line) continue;
      out.write(`${liveLine(line.progress, now() - line.since).slice(0, (out.columns || 80) - 1)}\n`);
      drawn += 1;
    }
  };
  const clock = setInterval(draw, 1_000);
  return {
    show(lane, progress) {
      const before = lines.get(lane);
      const since = before?.progress.stage === progress?.stage ? before?.since : undefined;
      if (progress) lines.set(lane, { progress, since: since ?? now() });
      else lines.delete(lane);
      draw();
    },
    print(text) {
      erase();
      out.write(`${text}\n`);
      draw();
    },
    close() {
      clearInterval(clock);
      erase();
    },
  };
}
