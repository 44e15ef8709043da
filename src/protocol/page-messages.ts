/** Every message from the shop's page to the hosted cashier page, as data. Only the hosted page needs their guards. */
import { STATUSES } from '../model/statuses.ts';
import type { MessageOf } from './messages.ts';
import { amountUpTo, flag, listOf, oneOf, type Shape, text } from './shape.ts';
import { themeToken, type ThemeToken } from './theme.ts';

/** The one answer on the window, page to frame, with a MessagePort. All else goes over that port. */
export const WELCOME = { v: amountUpTo(1_000), id: text(128) } satisfies Shape;

export const FROM_PAGE = {
  /** The token for a page that was loaded before there was one. */
  session: { token: text(512) },
  theme: { tokens: listOf(themeToken, 64) },
  locale: { lang: text(35) },
  /** What the shop's backend confirmed. */
  verified: { status: oneOf(STATUSES) },
  visible: { visible: flag },
  bye: {},
} satisfies Record<string, Shape>;

export type ThemeTokens = readonly ThemeToken[];
export type PageMessage = MessageOf<typeof FROM_PAGE>;
