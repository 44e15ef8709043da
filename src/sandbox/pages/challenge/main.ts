/** The bank's 3-D Secure page: a plain form that works before any script; this only draws it. */
import './style.css';
import { languageFor } from '../../../model/languages.ts';
import { html, nothing, render, type TemplateResult } from 'lit';
import { formatAmount } from '../cashier/format.ts';
import type { ChallengeView } from '../view.ts';
import { loadWords } from '../words/load.ts';
import type { BankWords } from '../words/words.ts';

const view = JSON.parse(
  document.getElementById('view')?.textContent ?? '{"state":"answered"}',
) as ChallengeView;
const isFramed = window.parent !== window;
if (view.theme) document.documentElement.style.colorScheme = view.theme;
// A bank's page that stands alone is a card on a ground, as the hosted page is.
document.documentElement.classList.toggle('alone', !isFramed);
const { bank: words } = await loadWords(languageFor(document.documentElement.lang));
render(screen(view, words), document.getElementById('app') ?? document.body);

// The hosted cashier around this page waits for it; a page of another origin cannot hear this.
if (view.state === 'answered' && isFramed) {
  window.parent.postMessage('kassa-challenge-over', location.origin);
}

function screen(shown: ChallengeView, bank: BankWords): TemplateResult {
  switch (shown.state) {
    case 'answered':
      return over(bank);
    case 'unknown':
      return html`<div class="bank unknown">
        <h1>${bank.unknownTitle}</h1>
        <p class="hint">${bank.unknownText}</p>
      </div>`;
    default:
      return question(shown, bank);
  }
}

function question(
  { state, amount, currency, cardLastFour, action, lang }: ChallengeView,
  words: BankWords,
): TemplateResult {
  const wrong = state === 'wrong-code';
  return html`<form class="bank" method="post" action=${action}>
    <p class="brand"><span aria-hidden="true"></span>Sandbox Bank</p>
    <h1>${words.title}</h1>
    <p>${words.text(formatAmount(amount, currency, lang), cardLastFour)}</p>
    ${
      state === 'hangs'
        ? html`<p class="waiting"><span class="spinner"></span>${words.waiting}</p>`
        : html`<label for="code">${words.code}</label>
            <input
              id="code"
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              dir="ltr"
              enterkeyhint="go"
              aria-required="true"
              maxlength="8"
              aria-invalid=${wrong}
              aria-describedby="code-hint ${wrong ? 'code-fault' : ''}"
            />
            ${wrong ? html`<p class="fault" id="code-fault" role="alert">${words.wrongCode}</p>` : nothing}
            <p class="hint" id="code-hint">${words.hint}</p>
            <button class="button">${words.confirm}</button>`
    }
    <button class="button plain" name="cancel" value="1" formnovalidate>${words.cancel}</button>
  </form>`;
}

function over(words: BankWords): TemplateResult {
  return html`<div class="bank over">
    ${isFramed ? html`<span class="spinner"></span>` : nothing}
    <p>${isFramed ? words.confirming : words.over}</p>
  </div>`;
}
