/** The form: what is paid, way to pay, fields, button. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { AmountView, CashierView, ProviderView } from '../view.ts';
import { cardSection } from './card-fields.ts';
import type { CashierPage } from './cashier-page.ts';
import { input } from './field.ts';
import { amountOf, formatIban } from './form.ts';
import { formatAmount } from './format.ts';
import * as icons from './icons.ts';
import { chosenProvider, declineOf, methodsOf, type PageState } from './page-state.ts';

export function formScreen(state: PageState, page: CashierPage): TemplateResult {
  const { words, view, problem } = state;
  const isBusy = state.sending || state.renewing;
  const provider = chosenProvider(state);
  if (!view?.amount || !provider) return html``;
  const paysOut = view.flow === 'withdrawal';
  const { express, others } = methodsOf(state);
  const submit = (event: Event): void => {
    event.preventDefault();
    // A wallet pays by its own button, and leaves this one to the method below.
    if (provider.kind === 'wallet' && express.length > 0 && others[0]) page.choose(others[0].id);
    void page.submit();
  };
  return html`<form novalidate @submit=${submit} aria-busy=${isBusy}>
    ${amountSection(state, page, view.amount, paysOut)} ${declineNotice(state)}
    ${express.length > 0 ? expressRow(state, page, express) : nothing}
    <div class="fields">
      ${others.length > 1 || paysOut ? providerChoice(state, page, others) : nothing}
      ${methodFields(state, page, provider, paysOut)}
    </div>
    ${problem ? html`<p class="problem" role="alert">${words.problems[problem]}</p>` : nothing}
    <div class="pay-bar">
      <button class="button pay" aria-disabled=${isBusy}>
        ${isBusy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
        ${payLabel(state, paysOut)}
      </button>
    </div>
    ${
      provider.kind === 'card' && !paysOut
        ? html`<p class="secure">${icons.lock}<span>${words.secure}</span></p>`
        : nothing
    }
  </form>`;
}

/** Says the same as the live region while something is under way. */
function payLabel(state: PageState, paysOut: boolean): string {
  const { words, view, lang, values } = state;
  if (state.sending || state.renewing) return waitingWords(state);
  const charged = view?.amount && amountOf(values, view.amount);
  const shown =
    charged === undefined || !view?.amount ? '' : formatAmount(charged, view.amount.currency, lang);
  return paysOut ? words.withdraw(shown) : words.pay(shown);
}

export const waitingWords = ({ words, problem }: PageState): string =>
  problem === 'checking' || problem === 'still-unknown' ? words.checking : words.processing;

/** Why the last attempt was not paid, beside what may be changed about it. */
function declineNotice(state: PageState): TemplateResult | typeof nothing {
  const { words } = state;
  const declined = declineOf(state);
  if (!declined) return nothing;
  const { reason } = declined;
  const why = reason === undefined ? '' : `${words.reasons[reason] ?? reason}. `;
  return html`<div class="problem declined" role="alert">
    <h2>${words.declined}</h2>
    <p>${why}${words.declinedText} ${words.tryAgainText}</p>
  </div>`;
}

function amountSection(
  state: PageState,
  page: CashierPage,
  amount: AmountView,
  paysOut: boolean,
): TemplateResult {
  const { words, lang, view } = state;
  const title = paysOut ? words.amountToGet : words.amountToPay;
  if (amount.restricted) {
    return html`<header class="order">
      ${view ? shopName(view) : nothing}
      <h1 class="total">
        <span>${title}</span>
        <strong>${formatAmount(amount.value ?? '0', amount.currency, lang)}</strong>
      </h1>
      ${view ? orderLines(state, view, amount.currency) : nothing}
    </header>`;
  }
  const quick = amount.quick.map(
    (value) =>
      html`<button
        type="button"
        class="chip"
        aria-pressed=${amountOf(state.values, amount) === value}
        @click=${() => page.fill({ amount: value })}
      >
        ${formatAmount(value, amount.currency, lang)}
      </button>`,
  );
  const limit =
    amount.max === undefined ? undefined : words.upTo(formatAmount(amount.max, amount.currency, lang));
  return html`<div class="amount-entry">
    ${view ? shopName(view) : nothing}
    <h1 class="hidden">${title}</h1>
    ${input(state, page, 'amount', {
      label: words.amount,
      inputmode: 'decimal',
      autocomplete: 'transaction-amount',
      help: limit,
      end: html`<span class="end currency" aria-hidden="true">${amount.currency}</span>`,
    })}
    ${quick.length > 0 ? html`<div class="chips" role="group" aria-label=${words.suggestedAmounts}>${quick}</div>` : nothing}
  </div>`;
}

export function shopName({ shop }: CashierView): TemplateResult | typeof nothing {
  if (!shop) return nothing;
  return html`<p class="shop">
    ${
      shop.mark === undefined
        ? html`<span class="shop-mark" aria-hidden="true">${Array.from(shop.name)[0]?.toUpperCase()}</span>`
        : html`<img class="shop-mark" src=${shop.mark} alt="" />`
    }<span>${shop.name}</span>
  </p>`;
}

function orderLines(
  { words, lang }: PageState,
  { lines }: CashierView,
  currency: string,
): TemplateResult | typeof nothing {
  const [first, ...others] = lines;
  if (!first) return nothing;
  // Of one thing the total says the price already.
  if (others.length === 0) return html`<p class="lines">${first.name}</p>`;
  return html`<dl class="lines" aria-label=${words.yourOrder}>
    ${lines.map(
      ({ name, amount }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${formatAmount(amount, currency, lang)}</dd>
        </div>`,
    )}
  </dl>`;
}

function expressRow(
  { words }: PageState,
  page: CashierPage,
  wallets: readonly ProviderView[],
): TemplateResult {
  return html`<div class="express" role="group" aria-label=${words.express}>
      ${wallets.map(
        ({ id, name, label }) =>
          html`<button type="button" class="button wallet" @click=${() => void page.payWith(id)}>
            ${icons.kindIcon('wallet')}<span>${words.providers[name] ?? label}</span>
          </button>`,
      )}
    </div>
    <p class="or"><span>${words.orElse}</span></p>`;
}

function providerChoice(
  state: PageState,
  page: CashierPage,
  providers: readonly ProviderView[],
): TemplateResult {
  const { words, view } = state;
  const chosen = chosenProvider(state);
  return html`<fieldset class="providers">
    <legend>${view?.flow === 'withdrawal' ? words.whereTo : words.howToPay}</legend>
    ${providers.map(
      ({ id, name, label, kind }) =>
        html`<label class="choice">
          <input
            type="radio"
            name="provider"
            .value=${id}
            .checked=${live(id === chosen?.id)}
            @change=${() => page.choose(id)}
          />
          ${icons.kindIcon(kind)}<span>${words.providers[name] ?? label}</span>
        </label>`,
    )}
  </fieldset>`;
}

function methodFields(
  state: PageState,
  page: CashierPage,
  { kind }: ProviderView,
  paysOut: boolean,
): TemplateResult {
  const { words } = state;
  if (paysOut)
    return html`<p class="hint">${words.allRequired}</p>
      ${accountFields(state, page)}`;
  if (kind === 'card') {
    return html`<p class="hint">${words.allRequired}</p>
      ${cardSection(state, page)}`;
  }
  return html`<p class="hint note">${words.providerNote[kind]}</p>`;
}

function accountFields(state: PageState, page: CashierPage): TemplateResult {
  const { words } = state;
  return html`<div class="card-fields">
    ${input(state, page, 'account.holderName', { label: words.accountHolder, autocomplete: 'name' })}
    ${input(state, page, 'account.iban', {
      label: words.iban,
      placeholder: 'DE89 3704 0044 0532 0130 00',
      last: true,
      format: formatIban,
    })}
  </div>`;
}
