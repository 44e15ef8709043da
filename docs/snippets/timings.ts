const PHASES = ['kassa:session', 'kassa:frame', 'kassa:ready', 'kassa:outcome'];

export interface Timing {
  /** The phase that ended, and how long it took: `kassa:session` is the wait for your own route. */
  readonly phase: string;
  readonly ms: number;
}

/** Tells how long each phase of each cashier took, also of those that were over before. */
export function timeCashiers(tell: (timing: Timing) => void): PerformanceObserver {
  const before = new Map<number, PerformanceEntry>();
  const observer = new PerformanceObserver((list) => {
    for (const mark of list.getEntries()) {
      if (!PHASES.includes(mark.name)) continue;
      const { cashier } = (mark as PerformanceMark).detail as { cashier: number };
      const last = before.get(cashier);
      if (last) tell({ phase: last.name, ms: Math.round(mark.startTime - last.startTime) });
      if (mark.name === 'kassa:outcome') before.delete(cashier);
      else before.set(cashier, mark);
    }
  });
  observer.observe({ type: 'mark', buffered: true });
  return observer;
}
