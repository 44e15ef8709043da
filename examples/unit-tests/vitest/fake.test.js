// @vitest-environment jsdom
import { defineFakeCashier, fakeCashier } from 'kassa/testing';
import { expect, test } from 'vitest';

test('what a page does when a payment has succeeded', () => {
  defineFakeCashier();
  document.body.innerHTML = '<kassa-cashier session-url="/kassa/session"></kassa-cashier><output></output>';
  document.addEventListener('kassa-outcome', ({ outcome }) => {
    document.querySelector('output').textContent = outcome.kind;
  });
  fakeCashier().end('succeeded');
  expect(document.querySelector('output').textContent).toBe('succeeded');
});
