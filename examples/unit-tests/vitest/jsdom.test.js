// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mount } from '../mount.js';

test('the tag mounts in jsdom, and says in which state it is', async () => {
  const tag = await mount();
  expect(['idle', 'loading']).toContain(tag.state);
  tag.remove();
});
