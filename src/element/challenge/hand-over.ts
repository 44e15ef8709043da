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
  // The page's own encoding may be another, and a bank compares bytes.
  form.acceptCharset = 'utf-8';
  const inputs = Object.entries(fields).map(([name, value]) =>
    Object.assign(document.createElement('input'), { type: 'hidden', name, value }),
  );
  const wrapper = document.createElement('div');
  wrapper.hidden = true;
  wrapper.append(form);
  place.append(wrapper);
  // From here on a field hides the form's own property of its name: `submit`, `action`, `remove`, `append`.
  form.append(...inputs);
  HTMLFormElement.prototype.submit.call(form);
  wrapper.remove();
}
