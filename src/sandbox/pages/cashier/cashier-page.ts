/** The hosted cashier: takes what the shopper does, asks the gateway, and tells the shop's page what it may know. */
import { directionOf, languageFor } from '../../../model/languages.ts';
import type { FrameLink } from '../../../protocol/frame-link.ts';
import type { CashierView, PaymentView } from '../view.ts';
import { loadWords } from '../words/load.ts';
import { readExpiry, writeExpiry } from './card.ts';
import {
  checkAll,
  checkField,
  type Faults,
  faultsOf,
  faultText,
  type Field,
  toPayRequest,
  type Values,
} from './form.ts';
import type { GatewayClient } from './gateway-client.ts';
import { focusFirstFault, focusOn } from './focus.ts';
import { declineOf, isLocked, type PageState, screenOf, termsOf } from './page-state.ts';

const ASK_EVERY_MS = 400;
const ASK_SLOWLY_MS = 1_500;
/** After this many quick questions the payment is a slow one. */
const QUICK_QUESTIONS = 50;
const NEW_SESSION_WITHIN_MS = 15_000;
/** Without a word from the gateway for so long, the shopper is told that we do not know, and may leave. */
const PATIENCE_MS = 60_000;

export interface CashierPageOptions {
  readonly client: GatewayClient;
  /** Absent when the page stands alone. */
  readonly link: FrameLink | undefined;
  readonly state: PageState;
  readonly render: (state: PageState) => void;
  readonly now: () => number;
}

export class CashierPage {
  readonly #client: GatewayClient;
  readonly #link: FrameLink | undefined;
  readonly #render: (state: PageState) => void;
  readonly #now: () => number;
  #state: PageState;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #renewing: ReturnType<typeof setTimeout> | undefined;
  #locked = false;
  /** No new session came; asking again and again would help nobody. */
  #gaveUp = false;

  constructor({ client, link, state, render, now }: CashierPageOptions) {
    this.#client = client;
    this.#link = link;
    this.#render = render;
    this.#now = now;
    this.#state = state;
  }

  get state(): PageState {
    return this.#state;
  }

  /** Shows what the server said about the token. An expired one is renewed first, and what is shown stays meanwhile. */
  open(view: CashierView): void {
    const { payment } = view;
    if (view.state === 'expired' && !payment && this.#link && !this.#gaveUp) {
      this.#askForSession();
      return;
    }
    const { values } = this.#state;
    this.#update({
      view,
      payment,
      values: { ...values, amount: values.amount || (view.amount?.value ?? '') },
    });
    if (payment) this.#tell(payment);
    if (payment?.status === 'pending') this.#askLater(0);
  }

  /** Asks the server about the token. */
  async refresh(): Promise<void> {
    try {
      this.open(await this.#client.view(this.#state.lang));
      this.#update({ problem: undefined });
    } catch {
      this.#update({ problem: 'offline' });
      if (!this.#state.view) setTimeout(() => void this.refresh(), ASK_SLOWLY_MS);
    }
  }

  /** The shop's page handed over the token of a new session. */
  async renewed(): Promise<void> {
    clearTimeout(this.#renewing);
    this.#gaveUp = false;
    const before = this.#state.view?.amount?.value;
    await this.refresh();
    const { view } = this.#state;
    // The shopper had pressed the button already; another amount is for the shopper to press it again.
    const goesOn = this.#state.renewing && view?.state === 'open' && view.amount?.value === before;
    this.#update({ renewing: false });
    if (goesOn) await this.submit();
  }

  async speak(lang: string): Promise<void> {
    const language = languageFor(lang);
    const words = await loadWords(language);
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    this.#update({ words, lang });
  }

  readonly choose = (providerId: string): void => {
    if (this.#state.sending || this.#state.renewing) return;
    this.#update({ providerId, faults: {}, problem: undefined });
    const kind = this.#state.view?.providers.find(({ id }) => id === providerId)?.kind;
    if (kind) this.#link?.send('method', { kind });
  };

  /** While a field has a fault it is judged at each key, so that the fault goes when it is mended. */
  readonly type = (field: Field, value: string): void => {
    const values = { ...this.#state.values, [field]: value };
    this.#update({ values, ...(this.#state.faults[field] && { faults: this.#judged(field, values) }) });
  };

  /** A field that is left is judged, and what is wrong with it is said aloud: the shopper is elsewhere already. */
  readonly leave = (field: Field): void => {
    const typed = this.#state.values[field];
    if (typed === '') return;
    const expiry = field === 'card.expiry' ? readExpiry(typed) : undefined;
    const values = { ...this.#state.values, ...(expiry && { [field]: writeExpiry(expiry) }) };
    const faults = this.#judged(field, values);
    const fault = faults[field];
    const said = fault ? faultText(this.#state.words, fault, values) : '';
    this.#update({ values, faults, said });
  };

  readonly set = (
    change: Partial<Pick<PageState, 'cardChoice' | 'network' | 'saveCard' | 'codeHelp'>>,
  ): void => {
    if (!this.#state.sending) this.#update({ ...change, ...('cardChoice' in change && { faults: {} }) });
  };

  readonly deleteCard = async (id: string): Promise<void> => {
    const { view, words } = this.#state;
    if (!view) return;
    try {
      await this.#client.deleteCard(id);
      const savedCards = view.savedCards.filter((card) => card.id !== id);
      this.#update({ view: { ...view, savedCards }, said: words.cardDeleted, problem: undefined });
      focusOn('chosen-card');
    } catch {
      this.#update({ problem: 'deleting' });
    }
  };

  /** Into the clipboard; where the browser does not let the page, the text is there to be selected. */
  readonly copy = async (label: string, value: string, said: string): Promise<void> => {
    await navigator.clipboard.writeText(value).then(
      () => this.#update({ copied: label, said }),
      () => undefined,
    );
  };

  /** A wallet's button: chooses it and pays with it. */
  readonly payWith = async (providerId: string): Promise<void> => {
    this.choose(providerId);
    await this.submit();
  };

  readonly fill = (values: Partial<Values>): void => {
    this.#update({ values: { ...this.#state.values, ...values }, faults: {} });
  };

  /** Answers whether the form was right, so that the page can go to the first fault. */
  readonly submit = async (): Promise<void> => {
    const terms = termsOf(this.#state, this.#now());
    if (!terms || this.#state.sending || this.#state.renewing) return;
    const known = this.#state.payment?.transactionId;
    const faults = checkAll(this.#state.values, terms);
    this.#update({ faults, problem: undefined });
    if (Object.keys(faults).length > 0) {
      focusFirstFault();
      return;
    }
    // An attempt that was declined has ended its session; the next one is another, which the shop's page fetches.
    if (this.#state.payment && this.#link) {
      this.#update({ renewing: true, payment: undefined, verified: undefined });
      this.#askForSession();
      return;
    }
    this.#update({ sending: true, payment: undefined, verified: undefined, confirming: false });
    await this.#pay(toPayRequest(this.#state.values, terms), known);
  };

  async #pay(request: Parameters<GatewayClient['pay']>[0], known: string | undefined): Promise<void> {
    const answer = await this.#client.pay(request).catch(() => undefined);
    switch (answer?.kind) {
      case undefined:
        await this.#afterSilence(known);
        break;
      case 'started':
        this.#show(answer.payment);
        break;
      case 'already':
        if (answer.payment) this.#show(answer.payment);
        else this.#update({ sending: false, problem: 'processor-broke' });
        break;
      case 'closed':
        this.#update({
          sending: false,
          renewing: answer.view.state === 'expired' && this.#link !== undefined,
        });
        this.open(answer.view);
        break;
      case 'broke':
        this.#update({ sending: false, problem: 'processor-broke' });
        break;
      case 'faults': {
        const faults = faultsOf(answer.faults);
        this.#update({ sending: false, ...(faults ? { faults } : { problem: 'processor-broke' as const }) });
        focusFirstFault();
      }
    }
  }

  /** The request may have arrived though its answer did not. The shopper may pay again only once that is known. */
  async #afterSilence(known: string | undefined): Promise<void> {
    const since = this.#now();
    this.#update({ problem: 'checking' });
    for (;;) {
      try {
        const payment = await this.#client.payment();
        if (payment && payment.transactionId !== known) this.#show(payment);
        else this.#update({ sending: false, problem: 'not-arrived' });
        return;
      } catch {
        if (this.#now() - since > PATIENCE_MS) this.#update({ problem: 'still-unknown' });
        await new Promise((resolve) => setTimeout(resolve, ASK_SLOWLY_MS));
      }
    }
  }

  readonly cancel = async (): Promise<void> => {
    const payment = await this.#client.cancel().catch(() => undefined);
    if (payment) this.#show(payment);
  };

  /** A rejected withdrawal ends its session; another try is a new one, which the shop's page has to fetch. */
  readonly tryAgain = (): void => {
    this.#update({ faults: {}, verified: undefined });
    if (this.#link) {
      this.#update({ payment: undefined, view: undefined });
      this.#askForSession();
    } else {
      this.#update({ payment: undefined });
    }
  };

  /** The shop's backend knows how it ended; this page must not lag behind it. */
  verified(status: NonNullable<PageState['verified']>): void {
    this.#update({ verified: status });
    if (this.#state.payment?.status === 'pending' && status !== 'pending') void this.#ask(0);
  }

  /** The challenge's page says that it is over; the server knows how. */
  readonly challengeOver = (): void => {
    if (this.#state.payment?.challengeUrl === undefined) return;
    this.#update({ confirming: true });
    void this.#ask(0);
  };

  #askForSession(): void {
    if (!this.#link) return;
    this.#link.send('token-expired', {});
    clearTimeout(this.#renewing);
    this.#renewing = setTimeout(() => void this.#noNewSession(), NEW_SESSION_WITHIN_MS);
  }

  async #noNewSession(): Promise<void> {
    this.#gaveUp = true;
    await this.refresh();
    this.#update({ renewing: false, problem: 'no-new-session' });
  }

  #show(payment: PaymentView): void {
    this.#update({ payment, sending: false, problem: undefined, confirming: false });
    this.#tell(payment);
    if (payment.status === 'pending') this.#askLater(0);
  }

  #askLater(asked: number): void {
    clearTimeout(this.#asking);
    const pause = asked < QUICK_QUESTIONS ? ASK_EVERY_MS : ASK_SLOWLY_MS;
    this.#asking = setTimeout(() => void this.#ask(asked), pause);
  }

  async #ask(asked: number): Promise<void> {
    clearTimeout(this.#asking);
    const payment = await this.#client.payment().catch(() => undefined);
    if (payment && payment.transactionId === this.#state.payment?.transactionId) {
      const before = this.#state.payment;
      this.#update({ payment });
      if (payment.status !== before.status) this.#tell(payment);
    }
    if (this.#state.payment?.status === 'pending') this.#askLater(asked + 1);
  }

  #tell({ status, transactionId, reason }: PaymentView): void {
    this.#link?.send('status', { status, transactionId, ...(reason !== undefined && { reason }) });
  }

  #judged(field: Field, values: Values): Faults {
    const terms = termsOf(this.#state, this.#now());
    const fault = terms && checkField(field, values, terms);
    const { [field]: _before, ...others } = this.#state.faults;
    return fault ? { ...others, [field]: fault } : others;
  }

  #update(change: Partial<PageState>): void {
    const before = screenOf(this.#state).name;
    this.#state = { ...this.#state, ...change };
    const locked = isLocked(this.#state);
    if (locked !== this.#locked) this.#link?.send('busy', { locked });
    this.#locked = locked;
    this.#render(this.#state);
    const after = screenOf(this.#state).name;
    if (after === before || before === 'loading' || after === 'loading') return;
    if (after === 'form') focusOn(declineOf(this.#state) ? 'decline' : 'method', this.#state);
    else focusOn('heading');
  }
}
