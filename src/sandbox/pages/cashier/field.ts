/** One field: label, input, what stands inside it, its fault. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CashierPage } from './cashier-page.ts';
import { type Field, faultText } from './form.ts';
import type { PageState } from './page-state.ts';

export interface InputOptions {
  readonly label: string;
  readonly inputmode?: 'numeric' | 'decimal';
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly format?: (text: string) => string;
  /** Stands inside the field, at its end. */
  readonly end?: TemplateResult | string | undefined;
  /** Stands at the end of the line of the label. */
  readonly beside?: TemplateResult | undefined;
  /** Stands below the field, and is read with it. */
  readonly help?: string | undefined;
  /** The last field of its form: the key of a phone's keyboard then sends it. */
  readonly last?: boolean;
}

export function input(
  state: PageState,
  page: CashierPage,
  field: Field,
  options: InputOptions,
): TemplateResult {
  const { words, values, faults, sending, renewing } = state;
  const { label, inputmode = 'text', autocomplete = 'off', placeholder = '', format } = options;
  const { end, beside, help, last = false } = options;
  const fault = faults[field];
  const id = field.replace('.', '-');
  const described = [...(fault ? [`${id}-fault`] : []), ...(help === undefined ? [] : [`${id}-help`])];
  const onInput = ({ target }: Event & { target: HTMLInputElement }): void => {
    if (format) reformat(target, format);
    page.type(field, target.value);
  };
  return html`<div class="field ${id}">
    <div class="label"><label for=${id}>${label}</label>${beside ?? nothing}</div>
    <div class="control">
      <input
        id=${id}
        name=${id}
        dir=${inputmode === 'text' && field !== 'account.iban' ? 'auto' : 'ltr'}
        inputmode=${inputmode}
        autocomplete=${autocomplete}
        autocapitalize="off"
        enterkeyhint=${last ? 'go' : 'next'}
        spellcheck="false"
        placeholder=${placeholder}
        required
        ?readonly=${sending || renewing}
        .value=${live(values[field])}
        aria-invalid=${fault !== undefined}
        aria-describedby=${described.length > 0 ? described.join(' ') : nothing}
        @input=${onInput}
        @blur=${() => page.leave(field)}
        @keydown=${last ? nothing : goOn}
      />
      ${end ?? nothing}
    </div>
    ${help === undefined ? nothing : html`<p class="hint" id="${id}-help">${help}</p>`}
    ${fault ? html`<p class="fault" id="${id}-fault">${faultText(words, fault, values)}</p>` : nothing}
  </div>`;
}

/** The key that a phone's keyboard calls "next" goes to the next field; without this it would send the form. */
function goOn(event: KeyboardEvent & { currentTarget: HTMLInputElement }): void {
  if (event.key !== 'Enter' || event.isComposing || !matchMedia('(pointer: coarse)').matches) return;
  const fields = [...(event.currentTarget.form?.querySelectorAll<HTMLInputElement>('.field input') ?? [])];
  const next = fields[fields.indexOf(event.currentTarget) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
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
