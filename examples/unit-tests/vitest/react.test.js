// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createElement } from 'react';
import { KassaCashier } from 'kassa/react';
import { expect, test, vi } from 'vitest';

test('React Testing Library opens the cashier by its button, and hears that it was closed', async () => {
  const onClosed = vi.fn();
  const session = () => new Promise(() => undefined);
  const button = createElement('button', { slot: 'trigger' }, 'Pay');
  const { container, unmount } = render(
    createElement(KassaCashier, { display: 'modal', session, onClosed }, button),
  );
  const tag = container.querySelector('kassa-cashier');
  fireEvent.click(screen.getByRole('button', { name: 'Pay' }));
  await waitFor(() => expect(tag.state).toBe('loading'));
  tag.close();
  await waitFor(() => expect(onClosed).toHaveBeenCalledOnce());
  unmount();
});
