import { CashierError } from './errors.ts';
import type { Input } from './machine/machine.ts';

/**
 * A part of the element that it cannot do without: asked for until it comes, after one second, two, three and so on.
 * With `send`, for a part without which nobody hears how a payment ended, that it is late is told once. Firefox before
 * 155 keeps to its first answer (whatwg/html#10327).
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
