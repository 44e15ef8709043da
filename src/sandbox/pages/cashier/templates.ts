/** The screens. Each is a function of the state; events go to the page. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentView } from '../view.ts';
import type { Words } from '../words/words.ts';
import type { CashierPage } from './cashier-page.ts';
import { formScreen, shopName, waitingWords } from './form-templates.ts';
import { formatAmount } from './format.ts';
import * as icons from './icons.ts';
import { type PageState, screenOf } from './page-state.ts';
import { transferScreen } from './transfer-screen.ts';

export function pageTemplate(state: PageState, page: CashierPage): TemplateResult {
  const { words, view, alone, problem } = state;
  const screen = screenOf(state);
  const isForm = screen.name === 'form';
  return html`<div class="page ${alone ? 'alone' : ''} ${screen.name}">
    ${
      view?.testMode && screen.name !== 'closed' ? html`<p class="badge test">${words.testMode}</p>` : nothing
    }
    ${view && !isForm && alone ? shopName(view) : nothing} ${screenTemplate(state, page)}
    ${
      problem && (screen.name === 'closed' || screen.name === 'result')
        ? html`<p class="problem" role="alert">${words.problems[problem]}</p>`
        : nothing
    }
    <p class="hidden" role="status" aria-live="polite">${announcement(state)}</p>
  </div>`;
}

function screenTemplate(state: PageState, page: CashierPage): TemplateResult {
  const { words } = state;
  const screen = screenOf(state);
  switch (screen.name) {
    case 'loading':
      return loadingScreen(state);
    case 'closed': {
      const { title, text } = words.closed[screen.why];
      const { icon, tone } = screen.why === 'used' ? { icon: icons.check, tone: 'good' } : CLOSED;
      return noticeScreen({ icon, tone, title, text, actions: backButton(state) });
    }
    case 'form':
      return formScreen(state, page);
    case 'challenge':
      return challengeScreen(state, screen.url);
    case 'waiting':
      return waitingScreen(state, page, screen.payment);
    case 'result':
      return resultScreen(state, page, screen.payment);
  }
}

const CLOSED = { icon: icons.clock, tone: 'wait' } as const;

function loadingScreen({ words, problem }: PageState): TemplateResult {
  if (problem) return html`<p class="problem" role="alert">${words.problems[problem]}</p>`;
  return html`<div class="notice">
    <span class="spinner"></span>
    <p>${words.loading}</p>
  </div>`;
}

interface Notice {
  readonly icon: TemplateResult;
  readonly tone: string;
  readonly title: string;
  readonly text?: string | undefined;
  readonly details?: TemplateResult | typeof nothing;
  readonly actions?: TemplateResult | typeof nothing;
}

function noticeScreen({ icon, tone, title, text, details, actions }: Notice): TemplateResult {
  return html`<section class="notice ${tone}">
    <span class="disc">${icon}</span>
    <h1 tabindex="-1">${title}</h1>
    ${text === undefined ? nothing : html`<p>${text}</p>`} ${details ?? nothing} ${actions ?? nothing}
  </section>`;
}

/** The bank's page says by message that it is over: a frame that loads says nothing about what it loaded. */
function challengeScreen({ words, lang }: PageState, url: string): TemplateResult {
  const address = new URL(url);
  address.searchParams.set('lang', lang);
  address.searchParams.set('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  return html`<section class="challenge">
    <h1 tabindex="-1">${words.confirmWithBank}</h1>
    <iframe title=${words.confirmWithBank} src=${address.href}></iframe>
  </section>`;
}

function waitingScreen(state: PageState, page: CashierPage, payment: PaymentView): TemplateResult {
  const { words, lang, view, confirming } = state;
  const amount = formatAmount(payment.amount, payment.currency, lang);
  if (view?.flow === 'withdrawal') {
    return noticeScreen({
      icon: icons.clock,
      tone: 'wait',
      title: words.withdrawalAsked,
      text: words.withdrawalAskedText(amount),
      details: reference(words, payment),
      actions: html`<div class="actions">
        <button type="button" class="button plain" @click=${page.cancel}>${words.cancel}</button>
        ${backButton(state)}
      </div>`,
    });
  }
  if (payment.transfer) return transferScreen(state, page, payment, payment.transfer);
  return noticeScreen({
    icon: html`<span class="spinner"></span>`,
    tone: 'busy',
    title: confirming ? words.confirming : words.processing,
    text: words.doNotClose,
  });
}

function resultScreen(state: PageState, page: CashierPage, payment: PaymentView): TemplateResult {
  const { words, lang, view } = state;
  const amount = formatAmount(payment.amount, payment.currency, lang);
  const paysOut = view?.flow === 'withdrawal';
  if (payment.status === 'succeeded') {
    return noticeScreen({
      icon: icons.check,
      tone: 'good',
      title: paysOut ? words.withdrawalSent : words.paid,
      text: paysOut ? words.withdrawalSentText(amount) : words.paidText(amount),
      details: html`${confirmation(state)} ${reference(words, payment)}`,
      actions: backButton(state),
    });
  }
  const { reason } = payment;
  const why = reason === undefined ? '' : `${words.reasons[reason] ?? reason}. `;
  return noticeScreen({
    icon: icons.cross,
    tone: 'bad',
    title: paysOut ? words.withdrawalDeclined : words.declined,
    text: why + (paysOut ? '' : words.declinedText),
    actions: html`<div class="actions">
      <button type="button" class="button" @click=${page.tryAgain}>${words.tryAgain}</button>
      ${backButton(state)}
    </div>`,
  });
}

/** Inside a shop its room is kept: the shop's word comes a moment later, and nothing is to move then. */
function confirmation({ alone, verified, words }: PageState): TemplateResult | typeof nothing {
  if (alone) return nothing;
  return html`<p class="badge good ${verified === 'succeeded' ? '' : 'awaited'}">
    ${words.confirmedByShop}
  </p>`;
}

function reference(words: Words, { transactionId }: PaymentView): TemplateResult {
  return html`<p class="reference">${words.reference} <code dir="ltr">${transactionId}</code></p>`;
}

/** Only for a page that stands alone: inside a shop, the shop is all around. */
function backButton({ alone, view, payment, words }: PageState): TemplateResult | typeof nothing {
  const returnUrl = payment?.returnUrl ?? view?.returnUrl;
  if (!alone || returnUrl === undefined) return nothing;
  return html`<a class="button plain" href=${returnUrl}>${words.backToShop}</a>`;
}

/** What can be seen to change but would not be heard, and what a button says. */
function announcement(state: PageState): string {
  const { words, said, problem } = state;
  if (state.sending || state.renewing) {
    return problem === undefined ? waitingWords(state) : words.problems[problem];
  }
  return screenOf(state).name === 'loading' ? words.loading : said;
}
