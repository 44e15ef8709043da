/** Wakes one who waits. A ring that nobody waits for is heard by who comes next. */
export interface Bell {
  ring(): void;
  /** Settles at the ring, or when that time is up. */
  heard(withinMs: number): Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let wake = (): void => undefined;
  return {
    ring() {
      hasRung = true;
      wake();
    },
    async heard(withinMs) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, withinMs);
        });
      }
      clearTimeout(timer);
      hasRung = false;
    },
  };
}
