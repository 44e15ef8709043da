import { JSDOM } from 'jsdom';
import { mountsInUnitTests } from './contract.ts';
import { becomeWindow } from './environment.ts';

const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost:3000/', pretendToBeVisual: true });
// As jest has it, which takes nothing from Node.
becomeWindow(window, [
  'BroadcastChannel',
  'MessageChannel',
  'EventSource',
  'fetch',
  'Response',
  'structuredClone',
]);
// What jsdom's has: a clock, and no timeline. (Its own asks Node's global one, whose place it takes here.)
const { timeOrigin } = performance;
const now = performance.now.bind(performance);
Object.defineProperty(globalThis, 'performance', { value: { timeOrigin, now }, configurable: true });
await mountsInUnitTests('jsdom');
