// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { mount } from '../mount.js';

test('the tag mounts in happy-dom, and says in which state it is', async () => {
  const tag = await mount();
  expect(['idle', 'loading']).toContain(tag.state);
  tag.remove();
});
