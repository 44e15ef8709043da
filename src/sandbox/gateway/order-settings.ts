/**
 * What a shop may say about its order in `settings`, which the gateway passes through: `shop_name`, `shop_mark`, `lines`
 * and `methods` for the hosted page, `return_url`, `language` and `allowed_origins` as before, and `theme` for the bank's
 * page of a card charge, which has no field of its own for it. Anything else is ignored,
 * and so is what has another shape: a picture must not keep a payment from being made.
 */
import { z } from 'zod';
import type { CashierView, ShopView } from '../pages/view.ts';
import type { Provider } from './seeds.ts';

type Settings = Readonly<Record<string, unknown>>;

const name = z.string().trim().min(1).max(80);
/** No SVG: it could be a page of its own. */
const mark = z
  .string()
  .max(20_000)
  .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/);
const lines = z.array(z.looseObject({ name, amount: z.string().regex(/^[0-9]+(\.[0-9]{1,4})?$/) })).max(20);
const methods = z.array(z.union([z.string(), z.number()]).transform(String)).max(50);

export function shopOf(settings: Settings): ShopView | undefined {
  const shown = name.safeParse(settings.shop_name);
  if (!shown.success) return undefined;
  const picture = mark.safeParse(settings.shop_mark);
  return { name: shown.data, ...(picture.success && { mark: picture.data }) };
}

export function linesOf(settings: Settings): CashierView['lines'] {
  const read = lines.safeParse(settings.lines);
  return read.success ? read.data.map((line) => ({ name: line.name, amount: line.amount })) : [];
}

/** Those that the shop names come first, in its order; the others keep theirs. */
export function inOrderOf(settings: Settings, providers: readonly Provider[]): readonly Provider[] {
  const read = methods.safeParse(settings.methods);
  if (!read.success) return providers;
  const place = ({ id }: Provider): number => {
    const at = read.data.indexOf(id);
    return at === -1 ? read.data.length : at;
  };
  return [...providers].sort((one, other) => place(one) - place(other));
}
