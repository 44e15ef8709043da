/** Every attribute of the tag, and the shop's colours, as data: the form, the tag and its HTML are made from it. */
export interface Control {
  readonly name: string;
  /** `attribute` of the tag, or `style` for a custom property. */
  readonly of: 'attribute' | 'style';
  readonly kind: 'choice' | 'text' | 'flag' | 'color';
  readonly words?: readonly string[];
  readonly placeholder?: string;
}

const CONTROLS: readonly Control[] = [
  { name: 'flow', of: 'attribute', kind: 'choice', words: ['deposit', 'direct', 'withdrawal'] },
  { name: 'display', of: 'attribute', kind: 'choice', words: ['inline', 'modal', 'popover', 'redirect'] },
  { name: 'challenge', of: 'attribute', kind: 'choice', words: ['auto', 'frame', 'popup', 'redirect'] },
  { name: 'theme', of: 'attribute', kind: 'choice', words: ['auto', 'light', 'dark'] },
  { name: 'lang', of: 'attribute', kind: 'choice', words: ['', 'en', 'de', 'es', 'fr', 'pt', 'ar', 'ja'] },
  { name: 'anchor', of: 'attribute', kind: 'choice', words: ['', 'again', 'stage-title'] },
  { name: 'prewarm', of: 'attribute', kind: 'flag' },
  { name: 'timeout-ms', of: 'attribute', kind: 'text', placeholder: '15000' },
  { name: '--kassa-seed', of: 'style', kind: 'color' },
  { name: '--kassa-accent', of: 'style', kind: 'color' },
  { name: '--kassa-radius', of: 'style', kind: 'text', placeholder: '12px' },
  { name: '--kassa-font', of: 'style', kind: 'text', placeholder: 'Georgia, serif' },
];

export type Values = Readonly<Record<string, string>>;

/** Builds the form; each change is told at once. */
export function buildControls(form: HTMLFormElement, onChange: (values: Values) => void): void {
  form.replaceChildren(...CONTROLS.map(row));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => onChange(readControls(form)));
}

/** What differs from the defaults. */
export function readControls(form: HTMLFormElement): Values {
  const values: Record<string, string> = {};
  for (const { name, kind, words } of CONTROLS) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    if (kind === 'flag') {
      if (field instanceof HTMLInputElement && field.checked) values[name] = '';
    } else if (field.value !== '' && field.value !== words?.[0]) values[name] = field.value;
  }
  return values;
}

export function applyControls(tag: HTMLElement, values: Values): void {
  for (const { name, of } of CONTROLS) {
    const value = values[name];
    if (of === 'style') {
      if (value === undefined) tag.style.removeProperty(name);
      else tag.style.setProperty(name, value);
    } else if (value === undefined) tag.removeAttribute(name);
    else if (tag.getAttribute(name) !== value) tag.setAttribute(name, value);
  }
}

/** As it stands in the page of somebody who copies it. */
export function htmlOf(values: Values): string {
  const attributes = CONTROLS.flatMap(({ name, of }) => {
    const value = values[name];
    if (of === 'style' || value === undefined) return [];
    return value === '' ? [name] : [`${name}="${escape(value)}"`];
  });
  const styles = CONTROLS.flatMap(({ name, of }) =>
    of === 'style' && values[name] !== undefined ? [`  ${name}: ${values[name]};`] : [],
  );
  const needsTrigger = values.display === 'modal' || values.display === 'popover';
  const trigger = needsTrigger ? '\n  <button slot="trigger">Pay</button>\n' : '';
  const tag = `<kassa-cashier ${['session-url="/kassa/session"', ...attributes].join(' ')}>${trigger}</kassa-cashier>`;
  const style = styles.length > 0 ? `<style>\nkassa-cashier {\n${styles.join('\n')}\n}\n</style>\n` : '';
  return `<script type="module" src="/kassa.js"></script>\n${style}\n${tag}`;
}

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function row({ name, kind, words = [], placeholder = '' }: Control): HTMLElement {
  const label = document.createElement('label');
  const title = Object.assign(document.createElement('span'), { textContent: name });
  label.append(title, kind === 'choice' ? choice(name, words) : input(name, kind, placeholder));
  return label;
}

function choice(name: string, words: readonly string[]): HTMLSelectElement {
  const select = Object.assign(document.createElement('select'), { name });
  select.append(...words.map((word) => new Option(word === '' ? 'not set' : word, word)));
  return select;
}

function input(name: string, kind: Control['kind'], placeholder: string): HTMLElement {
  if (kind !== 'color') {
    const type = kind === 'flag' ? 'checkbox' : 'text';
    return Object.assign(document.createElement('input'), { name, type, placeholder });
  }
  // A colour field always has a colour; the text beside it may be empty, and is the one that counts.
  const text = Object.assign(document.createElement('input'), { name, type: 'text', placeholder: 'not set' });
  const picker = Object.assign(document.createElement('input'), { type: 'color', value: '#7c3aed' });
  picker.ariaLabel = `Pick ${name}`;
  picker.addEventListener('input', () => {
    text.value = picker.value;
  });
  const both = document.createElement('span');
  both.className = 'color';
  both.append(text, picker);
  return both;
}
