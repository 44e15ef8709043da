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
await mountsInUnitTests('jsdom');
