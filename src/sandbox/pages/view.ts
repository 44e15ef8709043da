/**
 * What the sandbox's server tells its own hosted pages, and what they send back. Types only: the server builds these
 * values, the pages show them. All amounts are decimal strings in major units.
 *
 * Routes, all below the sandbox's `/gateway`, asked for relative to the page, and all but the first with `authorization: Bearer <cashier token>`:
 *   GET  /gateway/cashier?token=…&lang=…   the page; with a token its view is embedded as JSON (`#view`)
 *   GET  /gateway/cashier/view             CashierView (a page that got its token over the port asks here)
 *   POST /gateway/cashier/pay              PayRequest -> 202 PaymentView | 422 FieldErrors | 409, 410 CashierView
 *   GET  /gateway/cashier/payment          PaymentView, asked every 400 ms until it is final
 *   POST /gateway/cashier/cancel           gives a pending payment up -> PaymentView
 *   DELETE /gateway/cashier/cards/{id}     forgets a saved card -> 204
 *   GET  /gateway/3ds/{challengeId}        the bank's page (another document, framed by the hosted page)
 *   POST /gateway/3ds/{challengeId}        form field `code`, or `cancel` -> 303 to the way back
 */
import type { Flow } from '../../model/flows.ts';
import type { Status } from '../../model/statuses.ts';

/** Why there is nothing to pay, or `open`. */
export type CashierState = 'open' | 'no-token' | 'unknown' | 'expired' | 'used' | 'maintenance';

export type ProviderKind = 'card' | 'wallet' | 'bank_transfer' | 'crypto';

export interface ProviderView {
  /** The gateway's id as text, `"210"` for the card simulator. */
  readonly id: string;
  /** Machine name as in webhooks and lists. */
  readonly name: string;
  readonly label: string;
  readonly kind: ProviderKind;
  /** Cards: the brands it takes, by their machine names, in the order in which they are shown. */
  readonly brands?: readonly string[];
  /** Cards: beginnings of numbers that belong to two networks, of which the shopper may choose. */
  readonly coBadges?: readonly CoBadge[];
}

export interface CoBadge {
  readonly prefix: string;
  readonly networks: readonly string[];
}

/** Who is paid: from the order's `settings`. */
export interface ShopView {
  readonly name: string;
  /** A picture as a `data:` URL: the page loads nothing from elsewhere. */
  readonly mark?: string;
}

/** A card that the shopper let the gateway keep. */
export interface SavedCardView {
  readonly id: string;
  readonly brand: string;
  readonly lastFour: string;
  /** `12 / 34`. */
  readonly expiry: string;
}

/** What the shopper has to send where. */
export interface TransferView {
  /** Each can be copied as `value` has it. Labels are English, and keys of the pages' words. */
  readonly lines: readonly { readonly label: string; readonly value: string; readonly shown?: string }[];
  /** What a banking app or a wallet reads from a QR code: EPC069-12, or a URI of BIP-21 or EIP-681. */
  readonly code?: string;
  /** ISO 8601. */
  readonly payBefore: string;
}

export interface AmountView {
  readonly currency: string;
  readonly minorDigits: number;
  /** Absent when the shopper is to choose. */
  readonly value?: string;
  /** The shopper may not change it; the server refuses any other. */
  readonly restricted: boolean;
  readonly min: string;
  readonly max?: string;
  readonly quick: readonly string[];
}

export interface PaymentView {
  readonly transactionId: string;
  readonly status: Status;
  readonly rawStatus: string;
  readonly amount: string;
  readonly currency: string;
  readonly providerId: string;
  readonly reason?: string;
  /** Present while a 3-D Secure challenge waits for the shopper. Absolute, on the sandbox's origin. */
  readonly challengeUrl?: string;
  /** Bank transfer and crypto, while it is waited for. */
  readonly transfer?: TransferView;
  /** Where the shopper goes back to as the payment stands now, from a page that stands alone. */
  readonly returnUrl?: string;
}

/** One line of the test card table that the sandbox prints, shows and obeys. */
export interface TestCardView {
  readonly number: string;
  readonly effect: string;
}

export interface CashierView {
  readonly state: CashierState;
  readonly flow: Flow;
  readonly testMode: boolean;
  /** As the shop asked for; without a token the reader's own. */
  readonly theme?: 'light' | 'dark' | undefined;
  /** BCP 47. */
  readonly lang: string;
  readonly amount?: AmountView;
  readonly shop?: ShopView;
  /** What is bought, as the shop wrote it. */
  readonly lines: readonly { readonly name: string; readonly amount: string }[];
  /** In the order that the shop wants; wallets stand above the others. */
  readonly providers: readonly ProviderView[];
  readonly savedCards: readonly SavedCardView[];
  /** The newest payment of this token, if there is one. */
  readonly payment?: PaymentView;
  readonly testCards: readonly TestCardView[];
  /** Where a page that stands alone sends a shopper back to who has not paid. */
  readonly returnUrl?: string | undefined;
}

/** What the bank's 3-D Secure page shows. */
export interface ChallengeView {
  readonly state: 'open' | 'wrong-code' | 'hangs' | 'answered' | 'unknown';
  readonly amount: string;
  readonly currency: string;
  readonly cardLastFour: string;
  /** Where the form posts to, from the page's own address. */
  readonly action: string;
  readonly lang: string;
  /** As the page around has it; a bank that stands alone follows the system. */
  readonly theme?: 'light' | 'dark' | undefined;
}

export interface CardEntry {
  readonly holderName: string;
  /** Digits only. */
  readonly number: string;
  /** `"05"`. */
  readonly expMonth: string;
  /** `"2030"`. */
  readonly expYear: string;
  readonly cvc: string;
  /** The shopper's choice, for a card of two networks. */
  readonly network?: string | undefined;
}

export interface PayRequest {
  readonly providerId: string;
  readonly amount: string;
  readonly card?: CardEntry;
  /** The shopper agreed that the gateway keeps the card. */
  readonly saveCard?: boolean;
  readonly savedCard?: { readonly id: string; readonly cvc: string };
  /** Withdrawals: where the money goes. */
  readonly account?: { readonly holderName: string; readonly iban: string };
}

/** Paths are those of `PayRequest`, dotted: `card.number`. Messages are keys of the pages' words, not sentences. */
export interface FieldErrors {
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}
