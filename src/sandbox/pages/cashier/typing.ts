/** What becomes of the form as the shopper types, and leaves a field. Pure. */
import { readExpiry, writeExpiry } from './card.ts';
import { checkField, type Faults, type Field, faultText, type Values } from './form.ts';
import { type PageState, termsOf } from './page-state.ts';

type Change = Partial<PageState>;

/** While a field has a fault it is judged at each key, so that the fault goes when it is mended. */
export function typed(state: PageState, field: Field, value: string, now: number): Change {
  const values = { ...state.values, [field]: value };
  return { values, ...(state.faults[field] && { faults: judged(state, field, values, now) }) };
}

/** A field that is left is judged, and what is wrong with it is said aloud: the shopper is elsewhere already. */
export function left(state: PageState, field: Field, now: number): Change {
  const written = state.values[field];
  if (written === '') return {};
  const expiry = field === 'card.expiry' ? readExpiry(written) : undefined;
  const values = { ...state.values, ...(expiry && { [field]: writeExpiry(expiry) }) };
  const faults = judged(state, field, values, now);
  const fault = faults[field];
  return { values, faults, said: fault ? faultText(state.words, fault, values) : '' };
}

function judged(state: PageState, field: Field, values: Values, now: number): Faults {
  const terms = termsOf(state, now);
  const fault = terms && checkField(field, values, terms);
  const { [field]: _before, ...others } = state.faults;
  return fault ? { ...others, [field]: fault } : others;
}
