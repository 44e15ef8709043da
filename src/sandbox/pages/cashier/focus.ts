/** Where keyboard and screen reader go on after something changed; never nowhere. */
import { chosenCard, chosenProvider, type PageState } from './page-state.ts';

type Place = 'heading' | 'method' | 'decline' | 'chosen-card';

const focus = (selector: string): boolean => {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
};

export function focusOn(place: Place, state?: PageState): void {
  switch (place) {
    case 'heading':
      // Into sight as well: the form was taller, and its button is at its end.
      focus('h1[tabindex]');
      break;
    case 'chosen-card':
      if (!focus('.saved-cards :checked')) focus('#card-number');
      break;
    case 'method':
      if (!focus('.providers :checked')) focusFirstField();
      break;
    case 'decline':
      focus(state ? afterDecline(state) : '.pay');
      break;
  }
}

/** What a bank did not like is a matter of the card; a challenge that was not passed may be taken again as it is. */
function afterDecline(state: PageState): string {
  const { reason = '' } = state.payment ?? {};
  const isCard = chosenProvider(state)?.kind === 'card';
  if (!isCard || reason.startsWith('3-D Secure')) return '.pay';
  if (chosenCard(state)) return '.saved-cards :checked';
  if (/code|cvc|cvv/i.test(reason)) return '#card-cvc';
  return /expir/i.test(reason) ? '#card-expiry' : '#card-number';
}

export function focusFirstFault(): void {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** Where a shopper begins to type. */
export function focusFirstField(): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>('.field input, .providers :checked')];
  (fields.find(({ value, type }) => type !== 'radio' && value === '') ?? fields[0])?.focus();
}
