/**
 * Every message from the hosted cashier page to the shop's page, as data; `page-messages.ts` has the other direction.
 * Types and guards come from these tables, and both ends import them, so neither can say what the other does not know.
 *
 * Nothing in a message is proof of payment: `status` is a hint, and the truth comes from the shop's backend.
 */
import { STATUSES } from '../model/statuses.ts';
import { amountUpTo, flag, listOf, maybe, oneOf, type Shape, text, type TypeOf } from './shape.ts';

/** The versions of the protocol that this build speaks, newest first. */
export const VERSIONS = [1] as const;

/** A message above this many characters of JSON is dropped. */
export const MAX_MESSAGE_LENGTH = 65_536;
/** So is one that is nested deeper. */
export const DEEPEST_MESSAGE = 8;

const id = text(128);
const words = text(300);
const url = text(2_048);

/**
 * First words, frame to page, on the window, repeated until answered. Carries no secret.
 * `id` echoes the nonce of the frame's URL; `load` names this one document, so that a repeated hello is told from a reload.
 */
export const HELLO = {
  v: listOf(amountUpTo(1_000), 8),
  id,
  caps: listOf(text(32), 32),
  load: maybe(id),
} satisfies Shape;

export const FROM_FRAME = {
  /** The shopper can use the page now. */
  ready: {},
  /** The height the page wants, in CSS pixels. The element clamps it. */
  resize: { height: amountUpTo(100_000) },
  /** While `locked`, money moves and nothing may close the cashier. */
  busy: { locked: flag },
  /**
   * Without `asks: false`, leaving now loses what the shopper has typed, or leaves a challenge half done: the element asks
   * before it closes. A page that says `dirty` among the `caps` of its hello has nothing to lose until it says so.
   */
  dirty: { asks: maybe(flag) },
  /** The shopper chose a way to pay. */
  method: { kind: text(64) },
  /** A hint about the payment; `rawStatus` is the gateway's own word for it. */
  status: {
    status: oneOf(STATUSES),
    rawStatus: maybe(text(64)),
    transactionId: maybe(id),
    reason: maybe(words),
  },
  /** Asks the page to go somewhere; the page decides. */
  navigate: { url, reason: text(64) },
  /** Asks the page to show a 3-D Secure challenge. */
  challenge: { url },
  'token-expired': {},
  /** The shopper asked to leave, as by an Escape that nothing else on the page has used. */
  close: {},
  error: { code: text(64) },
} satisfies Record<string, Shape>;

export type MessageTable = Readonly<Record<string, Shape>>;
export type MessageType<T extends MessageTable> = keyof T & string;
export type MessageData<T extends MessageTable, K extends MessageType<T>> = TypeOf<T[K]>;

/** One message of a table, told apart by `type`. */
export type MessageOf<T extends MessageTable> = {
  readonly [K in MessageType<T>]: { readonly type: K; readonly data: MessageData<T, K> };
}[MessageType<T>];

export type FrameMessage = MessageOf<typeof FROM_FRAME>;
export type Hello = TypeOf<typeof HELLO>;
