/** The form: amount, way to pay, fields, button. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { AmountView, CashierView } from '../view.ts';
import { brandOf, digitsOf, formatExpiry, formatNumber } from './card.ts';
import type { CashierPage } from './cashier-page.ts';
import { amountOf, type Field } from './form.ts';
import { formatAmount } from './format.ts';
import * as icons from './icons.ts';
import { chosenProvider, type PageState } from './page-state.ts';

export function formScreen(state: PageState, page: CashierPage): TemplateResult {
  const { words, view, lang, problem, values } = state;
  const sending = state.sending || state.renewing;
  const provider = chosenProvider(state);
  if (!view?.amount || !provider) return html``;
  const charged = amountOf(values, view.amount);
  const shown = charged === undefined ? '' : formatAmount(charged, view.amount.currency, lang);
  const paysOut = view.flow === 'withdrawal';
  const submit = (event: Event): void => {
    event.preventDefault();
    void page.submit();
  };
  return html`<form novalidate @submit=${submit} aria-busy=${sending}>
    ${amountSection(state, page, view.amount, paysOut)}
    <fieldset class="fields" ?disabled=${sending}>
      ${view.providers.length > 1 ? providerChoice(state, page, view) : nothing}
      ${
        paysOut
          ? accountFields(state, page)
          : provider.kind === 'card'
            ? cardFields(state, page)
            : html`<p class="hint">${words.providerNote[provider.kind]}</p>`
      }
    </fieldset>
    ${problem ? html`<p class="problem" role="alert">${words.problems[problem]}</p>` : nothing}
    <button class="button pay" aria-disabled=${sending}>
      ${sending ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
      ${paysOut ? words.withdraw(shown) : words.pay(shown)}
    </button>
    ${
      provider.kind === 'card' && !paysOut
        ? html`<p class="secure">${icons.lock}<span>${words.secure}</span></p>`
        : nothing
    }
  </form>`;
}

function amountSection(
  state: PageState,
  page: CashierPage,
  amount: AmountView,
  paysOut: boolean,
): TemplateResult {
  const { words, lang } = state;
  if (amount.restricted) {
    return html`<h1 class="total">
      <span>${paysOut ? words.amountToGet : words.amountToPay}</span>
      <strong>${formatAmount(amount.value ?? '0', amount.currency, lang)}</strong>
    </h1>`;
  }
  const quick = amount.quick.map(
    (value) =>
      html`<button type="button" class="chip" @click=${() => page.fill({ amount: value })}>
        ${formatAmount(value, amount.currency, lang)}
      </button>`,
  );
  return html`<div class="amount-entry">
    <h1 class="hidden">${paysOut ? words.amountToGet : words.amountToPay}</h1>
    ${input(state, page, 'amount', { label: words.amount, inputmode: 'decimal', autocomplete: 'transaction-amount', end: amount.currency })}
    ${amount.max === undefined ? nothing : html`<p class="hint">${words.upTo(formatAmount(amount.max, amount.currency, lang))}</p>`}
    ${quick.length > 0 ? html`<div class="chips" role="group" aria-label=${words.suggestedAmounts}>${quick}</div>` : nothing}
  </div>`;
}

function providerChoice(state: PageState, page: CashierPage, view: CashierView): TemplateResult {
  const { words } = state;
  const chosen = chosenProvider(state);
  return html`<fieldset class="providers">
    <legend>${view.flow === 'withdrawal' ? words.whereTo : words.howToPay}</legend>
    ${view.providers.map(
      ({ id, name, label, kind }) =>
        html`<label class="provider">
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

function cardFields(state: PageState, page: CashierPage): TemplateResult {
  const { words, values } = state;
  const brand = brandOf(digitsOf(values['card.number']));
  const name = state.view?.amount?.currency === undefined ? '' : brand.mark;
  return html`<div class="card-fields">
      ${input(state, page, 'card.number', {
        label: words.cardNumber,
        inputmode: 'numeric',
        autocomplete: 'cc-number',
        placeholder: '1234 1234 1234 1234',
        format: formatNumber,
        end: name,
        endTitle: brand.name,
      })}
      ${input(state, page, 'card.expiry', {
        label: words.expiryDate,
        inputmode: 'numeric',
        autocomplete: 'cc-exp',
        placeholder: words.expiryFormat,
        format: formatExpiry,
      })}
      ${input(state, page, 'card.cvc', {
        label: words.securityCode,
        inputmode: 'numeric',
        autocomplete: 'cc-csc',
        placeholder: brand.codeDigits === 4 ? '1234' : '123',
        format: (text) => digitsOf(text).slice(0, 4),
      })}
      ${input(state, page, 'card.holderName', { label: words.nameOnCard, autocomplete: 'cc-name' })}
    </div>
    ${state.view?.testMode ? testCards(state, page) : nothing}`;
}

function accountFields(state: PageState, page: CashierPage): TemplateResult {
  const { words } = state;
  return html`<div class="card-fields">
    ${input(state, page, 'account.holderName', { label: words.accountHolder, autocomplete: 'name' })}
    ${input(state, page, 'account.iban', {
      label: words.iban,
      placeholder: 'DE89 3704 0044 0532 0130 00',
      format: (text) =>
        text
          .replace(/[^0-9A-Za-z]/g, '')
          .toUpperCase()
          .slice(0, 34)
          .replace(/(.{4})(?=.)/g, '$1 '),
    })}
  </div>`;
}

/** One press fills the form: for whoever tries the sandbox, not for real cards. */
function testCards({ words, view }: PageState, page: CashierPage): TemplateResult {
  const use = (number: string): void =>
    page.fill({
      'card.number': formatNumber(number),
      'card.expiry': '12 / 34',
      'card.cvc': '123',
      'card.holderName': 'Ada Lovelace',
    });
  return html`<details class="test-cards">
    <summary>${words.testCards}</summary>
    <ul dir="ltr">
      ${view?.testCards.map(
        ({ number, effect }) =>
          html`<li>
            <button type="button" @click=${() => use(number)}>
              <code>${formatNumber(number)}</code><span>${effect}</span>
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}

interface InputOptions {
  readonly label: string;
  readonly inputmode?: 'numeric' | 'decimal';
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly format?: (text: string) => string;
  /** Stands inside the field, at its end. */
  readonly end?: string;
  readonly endTitle?: string;
}

function input(state: PageState, page: CashierPage, field: Field, options: InputOptions): TemplateResult {
  const { words, values, faults } = state;
  const {
    label,
    inputmode = 'text',
    autocomplete = 'off',
    placeholder = '',
    format,
    end,
    endTitle,
  } = options;
  const fault = faults[field];
  const id = field.replace('.', '-');
  const onInput = ({ target }: Event & { target: HTMLInputElement }): void => {
    if (format) reformat(target, format);
    page.type(field, target.value);
  };
  return html`<div class="field ${id}">
    <label for=${id}>${label}</label>
    <div class="control">
      <input
        id=${id}
        name=${id}
        dir=${inputmode === 'text' && field !== 'account.iban' ? 'auto' : 'ltr'}
        inputmode=${inputmode}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        placeholder=${placeholder}
        .value=${live(values[field])}
        aria-invalid=${fault !== undefined}
        aria-describedby=${fault ? `${id}-fault` : nothing}
        @input=${onInput}
        @blur=${() => page.leave(field)}
      />
      ${end ? html`<span class="end" title=${endTitle ?? nothing} aria-hidden="true">${end}</span>` : nothing}
    </div>
    ${fault ? html`<p class="fault" id="${id}-fault">${words.errors[fault]}</p>` : nothing}
  </div>`;
}

/** Formats while keeping the caret behind the same digit. */
function reformat(target: HTMLInputElement, format: (text: string) => string): void {
  const caret = target.selectionStart ?? target.value.length;
  const atEnd = caret === target.value.length;
  const before = target.value.slice(0, caret).replace(/[^0-9A-Za-z]/g, '').length;
  target.value = format(target.value);
  if (atEnd) return;
  let seen = 0;
  let place = 0;
  while (place < target.value.length && seen < before) {
    if (/[0-9A-Za-z]/.test(target.value.charAt(place))) seen += 1;
    place += 1;
  }
  target.setSelectionRange(place, place);
}
