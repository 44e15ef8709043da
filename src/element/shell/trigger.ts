/** Whether this click is on what opens the cashier. It then opens it, and does nothing else. */
export function isOpening(tag: Element, event: Event): boolean {
  const target = event.target as Element;
  const opener = [...tag.children].find((it) => it.slot === 'trigger' && it.contains(target));
  if (!opener) return false;
  // It neither submits the form around it nor goes where its link leads. What is ticked, is.
  if (!opener.contains(target.closest('label,[type=checkbox],[type=radio]'))) event.preventDefault();
  return true;
}
