/** The shop's `--kassa-*` properties, on their way into the frame. */
import { assert } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { contrast, ENOUGH_CONTRAST, type Rgb } from '../../../src/element/look/palette.ts';
import { clear, mount, next, sessionWith, until } from '../fixture.ts';

type Tokens = Readonly<Record<string, string>>;

let told: Tokens[] = [];
let languages = 0;
const listen = ({
  data,
}: MessageEvent<{ fixture?: { type?: string; data?: { tokens: [string, string][] } } }>): void => {
  if (data.fixture?.type === 'locale') languages += 1;
  if (data.fixture?.type === 'theme') told.push(Object.fromEntries(data.fixture.data?.tokens ?? []));
};
beforeEach(() => {
  told = [];
  window.addEventListener('message', listen);
});
afterEach(() => {
  window.removeEventListener('message', listen);
  document.documentElement.removeAttribute('style');
  clear();
});

const themed = async (properties: Readonly<Record<string, string>>): Promise<KassaCashier> => {
  const cashier = await mount(sessionWith('good'), ({ style }) => {
    for (const [name, value] of Object.entries(properties)) style.setProperty(`--kassa-${name}`, value);
  });
  await next(cashier, 'kassa-ready');
  return cashier;
};
const last = (): Tokens => told.at(-1) ?? {};
const rgb = (hex = ''): Rgb => {
  const [red = 0, green = 0, blue = 0] = (hex.match(/[0-9a-f]{2}/g) ?? []).map(
    (part) => parseInt(part, 16) / 255,
  );
  return [red, green, blue];
};

it('without one nothing is sent', async () => {
  const cashier = await themed({});
  const before = languages;
  cashier.lang = 'de';
  await until(() => languages > before, 'what is sent after a theme');
  assert.deepEqual(told, []);
});

it('colours arrive as plain colours of both schemes, whatever way the shop wrote them', async () => {
  await themed({
    accent: 'rebeccapurple',
    ink: 'light-dark(#111, rgb(238 238 238))',
    line: 'oklch(70% 0.1 200)',
    surface: 'color-mix(in srgb, white 50%, black)',
    radius: '0.5rem',
    font: '"Inter", Georgia, serif',
  });
  await until(() => told.length > 0, 'a theme');
  const { line = '', ...others } = last();
  assert.match(line, /^#[0-9a-f]{6} #[0-9a-f]{6}$/);
  assert.deepEqual(others, {
    accent: '#663399 #663399',
    ink: '#111111 #eeeeee',
    surface: '#808080 #808080',
    radius: '8px',
    font: '"Inter", Georgia, serif',
  });
});

// T15
it('what is no colour, no length and no name of a font stays at home', async () => {
  await themed({
    accent: 'not-a-colour',
    ink: 'url(https://evil.test/)',
    radius: 'calc(1px * infinity)',
    font: 'x, url(https://evil.test/)',
    quiet: '#555555',
  });
  await until(() => told.length > 0, 'a theme');
  assert.deepEqual(last(), { quiet: '#555555 #555555' });
});

it('a seed becomes an accent that can be read in both schemes, here and in the frame', async () => {
  const cashier = await themed({ seed: 'gold' });
  await until(() => 'accent' in last(), 'an accent');
  const [light = '', dark = ''] = last().accent?.split(' ') ?? [];
  const [onLight = '', onDark = ''] = last()['on-accent']?.split(' ') ?? [];
  for (const [one, other] of [
    [light, '#ffffff'],
    [dark, '#181b21'],
    [light, onLight],
    [dark, onDark],
  ]) {
    assert.isAtLeast(contrast(rgb(one), rgb(other)), ENOUGH_CONTRAST, `${one} and ${other}`);
  }
  const dialog = cashier.renderRoot.querySelector('dialog');
  assert.strictEqual(dialog?.style.getPropertyValue('--_accent'), `light-dark(${light}, ${dark})`);

  cashier.style.setProperty('--kassa-accent', '#123456');
  await until(() => last().accent === '#123456 #123456', 'the named accent wins');
  assert.strictEqual(dialog?.style.getPropertyValue('--_accent'), '');
});

it('follows the page live, and is told again to a page that loads again', async () => {
  const cashier = await themed({ accent: 'var(--brand, #000000)' });
  await until(() => last().accent === '#000000 #000000', 'black');
  document.documentElement.style.setProperty('--brand', '#00ff00');
  await until(() => last().accent === '#00ff00 #00ff00', 'green');
  const before = told.length;
  document.body.append(document.createElement('main'));
  document.querySelector('main')?.append(cashier);
  await until(() => told.length > before, 'told again');
  assert.strictEqual(last().accent, '#00ff00 #00ff00');
});
