/** What the gateway can be asked, and what is made of its answers. */
import type { Status } from '../../model/statuses.ts';
import type {
  CardOrder,
  CashierOrder,
  DateRange,
  DirectOrder,
  WithdrawalOrder,
} from '../../wire/gateway/orders.ts';
import type { ListedTransaction, S2sReply } from '../../wire/gateway/replies.ts';

/** A token and where it is used. The URL is the hosted page's, without the token. */
export interface MintedCashier {
  readonly token: string;
  readonly cashierUrl: string;
  readonly trackingId: string;
  /** ISO 8601, UTC; taken to be half an hour away, because no document says. */
  readonly expiresAt: string;
}

/** The direct operation's reply is undocumented: a token by analogy, a URL by its description. */
export type MintedDirect =
  | ({ readonly kind: 'token' } & MintedCashier)
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly trackingId: string;
    };

/** The gateway's id, the shop's tracking id, or both; each operation uses the kind it is documented with. */
export type Reference =
  | { readonly transactionId: string; readonly trackingId?: string }
  | { readonly transactionId?: string; readonly trackingId: string };

export interface TransactionStatus {
  readonly status: Status;
  /** The gateway's own word. */
  readonly rawStatus: string;
  readonly reason?: string;
}

/** What became of a card. `reply` is the gateway's own answer, for `element.payment` in the browser. */
export type ChargeResult =
  | {
      readonly kind: 'challenge';
      readonly url: string;
      readonly trackingId: string;
      readonly reply: S2sReply;
    }
  | { readonly kind: 'pending' | 'succeeded'; readonly trackingId: string; readonly reply: S2sReply }
  | {
      readonly kind: 'failed';
      readonly reason?: string;
      readonly trackingId: string;
      readonly reply: S2sReply;
    };

/**
 * A row of the list, with the types of the documents' sample. What could not be read of it is `undefined`, and stands in
 * `raw` as it came; an amount in a currency without a known number of digits keeps those it has.
 */
export interface Transaction {
  readonly transactionId: string;
  readonly trackingId: string;
  readonly type: string;
  /** `pending` as long as nothing else was read. */
  readonly status: Status;
  readonly rawStatus: string;
  /** ISO 8601 in UTC. The gateway writes it without a zone: see the option `timeZone`. */
  readonly date?: string;
  readonly provider?: string;
  /** Decimal string in major units: `"200.00"`. */
  readonly amount?: string;
  /** ISO 4217. */
  readonly currency?: string;
  /** The row as it came. */
  readonly raw: ListedTransaction;
}

export interface Gateway {
  /** A token for the cashier of all providers. */
  mintCashier(order: CashierOrder): Promise<MintedCashier>;
  /** A token, or a URL, for the page of one provider. */
  mintDirect(order: DirectOrder): Promise<MintedDirect>;
  /** A token for the withdrawal cashier. */
  mintWithdrawal(order: WithdrawalOrder): Promise<MintedCashier>;
  /**
   * Charges a card from server to server, for shops that hold PCI DSS certification for card data. Sent exactly once;
   * when no answer comes, the status by tracking id decides, never a second charge.
   */
  chargeCard(order: CardOrder): Promise<ChargeResult>;
  /** Lets a pending withdrawal go out. It stays pending: the transfer itself is still to come. */
  approveWithdrawal(reference: Reference): Promise<TransactionStatus & { readonly message: string }>;
  rejectWithdrawal(reference: Reference): Promise<{ readonly message: string }>;
  getStatus(reference: Reference): Promise<TransactionStatus>;
  /**
   * Asks until the end is known, with growing pauses; when the time is spent, what is known so far. For back offices and
   * jobs: a shop that takes webhooks hears of the end without asking. Default 120 000.
   */
  waitForStatus(reference: Reference, options?: { readonly withinMs?: number }): Promise<TransactionStatus>;
  /**
   * Transactions of the days given, today's without; any range, asked for in windows and merged. A range without an end
   * goes on until today; one without a start asks for its end alone.
   */
  listTransactions(range?: DateRange): Promise<readonly Transaction[]>;
  /**
   * Checks the signature of a webhook with this gateway's password.
   * @throws OptionsError when it is asked for and none was given
   */
  readonly signaturePassword: string | readonly string[];
  readonly cashierUrl: string;
}
