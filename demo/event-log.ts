/** What the demo's pages share: their elements by id, the element's events, and a log of what happened. */

export const EVENTS = [
  'kassa-ready',
  'kassa-status',
  'kassa-challenge',
  'kassa-redirect',
  'kassa-close',
  'kassa-closed',
  'kassa-expiring',
  'kassa-outcome',
  'kassa-error',
] as const;

export const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
};

/** Everything an event of Kassa carries besides what every DOM event has. */
export function fieldsOf(event: Event): object {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(event))
      .filter(([name]) => name !== 'isTrusted')
      .map(([name, { value }]) => [name, value instanceof Error ? value.message : (value as unknown)]),
  );
}

/** The newest first. */
export function logInto(list: HTMLElement, title: string, fields: object): void {
  const row = document.createElement('li');
  const head = Object.assign(document.createElement('code'), { textContent: title });
  const body = Object.assign(document.createElement('pre'), {
    textContent: JSON.stringify(fields, undefined, 1),
  });
  row.append(head, body);
  list.prepend(row);
}
