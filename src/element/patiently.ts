import { CashierError } from './errors.ts';
import type { Input } from './machine/machine.ts';

/**
 * A part of the element that it cannot do without: asked for until it comes, after one second, two, three and so on.
 * With `send`, for a part without which nobody hears how a payment ended, that it is late is told once. Browsers of early
 * 2026 and before (Chromium 147, Firefox 154) keep to their first answer (whatwg/html#10327). They would fetch it under
 * another address, such as one with a fragment; but an import map pins addresses as they stand, and who tampers with the
 * first answer would have the second one run unchecked.
 */
export async function patiently<Part>(
  load: () => Promise<Part>,
  isOver: () => boolean,
  send?: (input: Input) => void,
): Promise<Part | undefined> {
  for (let tries = 1; ; tries += 1) {
    const part = await load().catch(() => undefined);
    if (isOver()) return undefined;
    if (part) return part;
    if (tries === 3) send?.({ type: 'feed-error', error: CashierError.of('status-unreachable') });
    await new Promise((resolve) => setTimeout(resolve, tries * 1_000));
  }
}
