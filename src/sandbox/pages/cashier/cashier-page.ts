/** The hosted cashier: takes what the shopper does, asks the gateway, and tells the shop's page what it may know. */
import { directionOf, languageFor } from '../../../model/languages.ts';
import type { FrameLink } from '../../../protocol/frame-link.ts';
import type { CashierView, PaymentView } from '../view.ts';
import { loadWords } from '../words/load.ts';
import { checkAll, faultsOf, type Field, toPayRequest, type Values } from './form.ts';
import type { GatewayClient } from './gateway-client.ts';
import { focusFirstFault, focusOn } from './focus.ts';
import { ASK_SLOWLY_MS, PaymentWatch } from './payment-watch.ts';
import { declineOf, isLocked, type PageState, screenOf, termsOf } from './page-state.ts';
import { left, typed } from './typing.ts';

/** After a decline the shop's page may wait a minute for its backend's word before it says itself that it has none. */
const NEW_SESSION_WITHIN_MS = 75_000;

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
  readonly #watch: PaymentWatch;
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
    this.#watch = new PaymentWatch({
      ask: () => client.payment(),
      current: () => this.#state.payment,
      hear: (payment) => {
        const before = this.#state.payment?.status;
        this.#update({ payment });
        if (payment.status !== before) this.#tell(payment);
      },
      now,
    });
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
    this.#watch.begin();
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

  readonly type = (field: Field, value: string): void => {
    this.#update(typed(this.#state, field, value, this.#now()));
  };

  readonly leave = (field: Field): void => {
    this.#update(left(this.#state, field, this.#now()));
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
    this.#update({ problem: 'checking' });
    const payment = await this.#watch.whatArrived(() => this.#update({ problem: 'still-unknown' }));
    if (payment && payment.transactionId !== known) this.#show(payment);
    else this.#update({ sending: false, problem: 'not-arrived' });
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
    if (this.#state.payment?.status === 'pending' && status !== 'pending') this.#watch.askNow();
  }

  /** The challenge's page says that it is over; the server knows how. */
  readonly challengeOver = (): void => {
    if (this.#state.payment?.challengeUrl === undefined) return;
    this.#update({ confirming: true });
    this.#watch.askNow();
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
    this.#watch.begin();
  }

  #tell({ status, rawStatus, transactionId, reason }: PaymentView): void {
    this.#link?.send('status', { status, rawStatus, transactionId, ...(reason !== undefined && { reason }) });
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
    // A form that is shown again holds what was typed.
    this.#link?.send('dirty', { asks: after === 'challenge' || after === 'form' });
    if (after === 'form') focusOn(declineOf(this.#state) ? 'decline' : 'method', this.#state);
    else focusOn('heading');
  }
}
