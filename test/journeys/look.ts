/** Measures of what a shopper sees: contrast, sizes, what moved. They run inside the page, in any frame of it. */
import { readFile } from 'node:fs/promises';
import { expect, type Frame, type Locator, type Page } from '@playwright/test';

const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');

export interface Edge {
  readonly what: string;
  readonly ratio: number;
}

/** WCAG contrast of each matching element's border (or placeholder) against what it stands on. */
export const contrastOf = (
  frame: Page | Frame,
  selector: string,
  of: 'border' | 'placeholder' | 'text',
): Promise<readonly Edge[]> =>
  frame.evaluate(
    ({ selector: wanted, of: part }) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (!canvas) throw new Error('no canvas');
      /** The browser's own reading of any colour, laid over another. */
      const over = (colour: string, ground: readonly number[]): readonly number[] => {
        canvas.fillStyle = `rgb(${ground.join(' ')})`;
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const page = matchMedia('(prefers-color-scheme: dark)').matches ? [24, 27, 33] : [255, 255, 255];
      const groundOf = (element: Element | null): readonly number[] =>
        element ? over(getComputedStyle(element).backgroundColor, groundOf(element.parentElement)) : page;
      const light = (rgb: readonly number[]): number => {
        const [r = 0, g = 0, b = 0] = rgb.map((part255) => {
          const value = part255 / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      return [...document.querySelectorAll(wanted)].map((element) => {
        const ground = part === 'border' ? groundOf(element.parentElement) : groundOf(element);
        const style = getComputedStyle(element, part === 'placeholder' ? '::placeholder' : null);
        const colour = over(part === 'border' ? style.borderTopColor : style.color, ground);
        const [dark = 0, bright = 0] = [light(colour), light(ground)].sort((one, other) => one - other);
        return {
          what: `${element.tagName.toLowerCase()}.${element.className} ${part}`,
          ratio: Math.round(((bright + 0.05) / (dark + 0.05)) * 100) / 100,
        };
      });
    },
    { selector, of },
  );

/**
 * Begins to add up layout shifts, as Core Web Vitals do: not those that follow the shopper's own press at once. The
 * browser counts half a second from the press itself, and a busy machine may hear of it later: so also from then on.
 */
export const watchShifts = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const AT_ONCE_MS = 500;
    Object.assign(window, { shifts: 0 });
    const heardAt: number[] = [];
    const hear = (): void => void heardAt.push(performance.now());
    const isAtOnce = (at: number): boolean => heardAt.some((it) => at >= it && at <= it + AT_ONCE_MS);
    for (const press of ['click', 'keydown']) window.addEventListener(press, hear, { capture: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        readonly value: number;
        readonly hadRecentInput: boolean;
      })[]) {
        const kept = window as unknown as { shifts: number };
        if (!entry.hadRecentInput && !isAtOnce(entry.startTime)) kept.shifts += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
};

/** In the page and in each of its frames. */
export async function shiftsOf(page: Page): Promise<number> {
  const sums = await Promise.all(
    page
      .frames()
      .map((frame) => frame.evaluate(() => (window as unknown as { shifts?: number }).shifts ?? 0)),
  );
  return sums.reduce((sum, shifts) => sum + shifts, 0);
}

/** No violation of WCAG 2.2 AA that a machine can see, in any frame. Needs `bypassCSP`. */
export async function expectAccessible(page: Page, frames: readonly Frame[] = page.frames()): Promise<void> {
  for (const frame of frames) {
    const violations = await frame.evaluate(async (source) => {
      const scope = window as unknown as {
        axe?: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      // At its end, where the bar with the button lies over nothing that scrolls below it.
      window.scrollTo(0, document.documentElement.scrollHeight);
      // The page's own policy forbids foreign scripts; a debugger's are not foreign.
      // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
      if (!scope.axe) new Function(source)();
      const result = await scope.axe?.run({
        // An inline cashier is a group, whatever element it is made of; the rule knows only what is advised for <dialog>.
        rules: { 'aria-allowed-role': { enabled: false } },
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return result?.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }, axe);
    expect(violations).toEqual([]);
  }
}

/** What is pressed with a finger and is lower than 44 pixels, below the root that is named. */
export const lowTargets = (root: Locator): Promise<readonly string[]> =>
  root.evaluate((it) =>
    [...it.querySelectorAll('button, summary, select, label:has(input), .control input')]
      .map((target) => ({ target, height: Math.round(target.getBoundingClientRect().height) }))
      .filter(({ height }) => height > 0 && height < 44)
      .map(({ target, height }) => `${height}: ${target.outerHTML.slice(0, 120)}`),
  );
