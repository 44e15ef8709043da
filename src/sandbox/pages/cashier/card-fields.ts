/** The card: saved ones, the fields of a new one, its network, the test cards. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SavedCardView } from '../view.ts';
import { brandMark } from './brand-marks.ts';
import { brandName, brandOf, digitsOf, formatExpiry, formatNumber } from './card.ts';
import type { CashierPage } from './cashier-page.ts';
import { input } from './field.ts';
import * as icons from './icons.ts';
import { chosenCard, chosenProvider, networksOf, NEW_CARD, type PageState } from './page-state.ts';

export function cardSection(state: PageState, page: CashierPage): TemplateResult {
  const { view } = state;
  const saved = chosenCard(state);
  const hasSaved = (view?.savedCards.length ?? 0) > 0;
  return html`${hasSaved ? savedCards(state, page) : nothing}
  ${
    saved
      ? html`<div class="card-fields">${code(state, page, saved.brand === 'american-express' ? 4 : 3)}</div>`
      : newCard(state, page)
  }
  ${view?.testMode && !saved ? testCards(state, page) : nothing}`;
}

function savedCards(state: PageState, page: CashierPage): TemplateResult {
  const { words, view } = state;
  const chosen = chosenCard(state)?.id ?? NEW_CARD;
  const choice = (id: string, mark: TemplateResult, name: string, more: TemplateResult | typeof nothing) =>
    html`<div class="saved">
      <label class="choice">
        <input
          type="radio"
          name="saved-card"
          .value=${id}
          .checked=${live(id === chosen)}
          @change=${() => page.set({ cardChoice: id })}
        />
        ${mark}<span>${name}</span>
      </label>
      ${more}
    </div>`;
  const nameOf = ({ brand, lastFour }: SavedCardView): string => words.savedCard(brandName(brand), lastFour);
  return html`<fieldset class="saved-cards">
    <legend class="hidden">${words.providers.card_simulator}</legend>
    ${view?.savedCards.map((card) =>
      choice(
        card.id,
        brandMark(card.brand),
        nameOf(card),
        html`<span class="expiry" dir="ltr">${card.expiry}</span>
          <button
            type="button"
            class="icon-button"
            aria-label=${words.deleteCard(nameOf(card))}
            @click=${() => void page.deleteCard(card.id)}
          >
            ${icons.cross}
          </button>`,
      ),
    )}
    ${choice(NEW_CARD, brandMark(''), words.newCard, nothing)}
  </fieldset>`;
}

function newCard(state: PageState, page: CashierPage): TemplateResult {
  const { words, values, saveCard } = state;
  const brand = brandOf(digitsOf(values['card.number']));
  const shared = networksOf(state);
  return html`<div class="card-fields">
    ${input(state, page, 'card.number', {
      label: words.cardNumber,
      inputmode: 'numeric',
      autocomplete: 'cc-number',
      placeholder: '1234 1234 1234 1234',
      format: formatNumber,
      beside: acceptedBrands(state),
      end:
        brand.name === ''
          ? undefined
          : html`<span class="end" title=${brand.name}>
              ${brandMark(shared?.chosen ?? brand.id)}<span class="hidden">${brand.name}</span>
            </span>`,
    })}
    ${shared ? networkChoice(state, page, shared) : nothing}
    ${input(state, page, 'card.expiry', {
      label: words.expiryDate,
      inputmode: 'numeric',
      autocomplete: 'cc-exp',
      placeholder: words.expiryFormat,
      format: formatExpiry,
    })}
    ${code(state, page, brand.codeDigits)}
    ${input(state, page, 'card.holderName', { label: words.nameOnCard, autocomplete: 'cc-name', last: true })}
    ${
      state.view?.flow === 'withdrawal'
        ? nothing
        : html`<label class="check">
            <input
              type="checkbox"
              .checked=${live(saveCard)}
              @change=${() => page.set({ saveCard: !saveCard })}
            /><span>${words.saveCard}</span>
          </label>`
    }
  </div>`;
}

function acceptedBrands(state: PageState): TemplateResult | undefined {
  const brands = chosenProvider(state)?.brands ?? [];
  if (brands.length === 0) return undefined;
  const names = brands.map(brandName).join(', ');
  return html`<span
    class="marks"
    role="img"
    aria-label="${state.words.acceptedCards}: ${names}"
    title=${names}
    >${brands.slice(0, MARKS_SHOWN).map(brandMark)}</span
  >`;
}
/** More would not stand beside the label on a small phone; the title names them all. */
const MARKS_SHOWN = 5;

function code(state: PageState, page: CashierPage, digits: number): TemplateResult {
  const { words, codeHelp } = state;
  const where = digits === 4 ? words.errors['security-code-4'] : words.errors['security-code'];
  return input(state, page, 'card.cvc', {
    label: words.securityCode,
    inputmode: 'numeric',
    autocomplete: 'cc-csc',
    placeholder: digits === 4 ? '1234' : '123',
    format: (text) => digitsOf(text).slice(0, 4),
    last: chosenCard(state) !== undefined,
    help: codeHelp && typeof where === 'string' ? where : undefined,
    end: html`<button
      type="button"
      class="icon-button"
      aria-label=${words.codeHelp}
      aria-expanded=${codeHelp}
      @click=${() => page.set({ codeHelp: !codeHelp })}
    >
      ${icons.help}
    </button>`,
  });
}

function networkChoice(
  { words }: PageState,
  page: CashierPage,
  { networks, chosen }: { readonly networks: readonly string[]; readonly chosen: string },
): TemplateResult {
  return html`<fieldset class="networks">
    <legend>${words.cardNetwork}</legend>
    ${networks.map(
      (network) =>
        html`<label class="choice">
          <input
            type="radio"
            name="network"
            .value=${network}
            .checked=${live(network === chosen)}
            @change=${() => page.set({ network })}
          />
          ${brandMark(network)}<span>${brandName(network)}</span>
        </label>`,
    )}
  </fieldset>`;
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
