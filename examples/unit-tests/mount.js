/** What the tests of an app do with a page that holds the tag: they mount it, and look at the rest of the page. */
import 'kassa/define';

export async function mount() {
  const tag = document.createElement('kassa-cashier');
  tag.session = () => new Promise(() => undefined);
  document.body.append(tag);
  await tag.updateComplete;
  await new Promise((later) => setTimeout(later, 50));
  return tag;
}
