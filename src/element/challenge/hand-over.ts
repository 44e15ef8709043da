/** How a window gets the bank's page: by its address, or by a form that posts what the gateway wants the bank to get. */
export interface HandOver {
  readonly url: URL;
  /** Posted, when there are any. */
  readonly fields: Readonly<Record<string, string>> | undefined;
}

/** The name of a window, and `_self` or `_blank`. The shop's policy needs the bank in `form-action` for this. */
export function postTo(target: string, { url, fields = {} }: HandOver, place: Element): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url.href;
  form.target = target;
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  place.append(form);
  form.submit();
  form.remove();
}
