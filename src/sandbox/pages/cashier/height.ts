/** What follows the form keeps its height, so that nothing around it jumps while a payment is under way. */
import type { Screen } from './page-state.ts';

let shown: Screen['name'] = 'loading';

/** Called before the next screen is drawn. */
export function keepHeight(app: HTMLElement, next: Screen['name']): void {
  if (shown === 'form' && next !== 'form' && next !== 'closed') {
    app.style.minHeight = `${Math.ceil(app.getBoundingClientRect().height)}px`;
  } else if (next === 'form') {
    app.style.minHeight = '';
  }
  shown = next;
}
