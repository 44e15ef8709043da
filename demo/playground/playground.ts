/** The playground: every attribute as a control, every message and event on the screen. */
import type { KassaCashier } from 'kassa';
import { checkHostedPage } from 'kassa/protocol/kit';
import { EVENTS, fieldsOf, find, logInto } from '../event-log.ts';
import { applyControls, buildControls, htmlOf, readControls, type Values } from './controls.ts';
import { tapEverything } from './taps.ts';
import { Timeline } from './timeline.ts';

const form = find('controls') as HTMLFormElement;
const timeline = new Timeline(find('timeline'));
let cashier: KassaCashier | undefined;

// Before the element is there, so that nothing is missed.
tapEverything((said) => timeline.add(said));
await import('kassa/define');

/** A new order, and a new tag for it. */
async function startAgain(): Promise<void> {
  cashier?.remove();
  timeline.clear();
  find('events').replaceChildren();
  await fetch('/order', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"item":"beans"}',
  });
  const tag = document.createElement('kassa-cashier');
  tag.sessionUrl = '/kassa/session';
  const trigger = Object.assign(document.createElement('button'), { slot: 'trigger', textContent: 'Pay' });
  trigger.className = 'pay';
  tag.append(trigger);
  for (const name of EVENTS) tag.addEventListener(name, log);
  applyControls(tag, readControls(form));
  find('stage').replaceChildren(tag);
  cashier = tag;
}

function show(values: Values): void {
  if (cashier) applyControls(cashier, values);
  find('html').textContent = htmlOf(values);
}

const log = (event: Event): void => logInto(find('events'), event.type, fieldsOf(event));

async function check(): Promise<void> {
  const button = find('check') as HTMLButtonElement;
  button.disabled = true;
  find('findings').replaceChildren();
  const response = await fetch('/kassa/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"flow":"deposit"}',
  });
  const { cashierUrl, token } = (await response.json()) as { cashierUrl: string; token: string };
  // The sandbox's page is right, and a machine that is slow is no fault of it.
  const findings = await checkHostedPage({
    url: cashierUrl,
    token,
    container: find('checked'),
    timeoutMs: 60_000,
  });
  find('findings').replaceChildren(
    ...findings.map(({ passed, text }) => {
      const row = Object.assign(document.createElement('li'), { className: passed ? 'passed' : 'failed' });
      row.textContent = text;
      return row;
    }),
  );
  button.disabled = false;
}

function showState(): void {
  find('state').textContent = cashier?.state ?? 'idle';
  requestAnimationFrame(showState);
}

buildControls(form, show);
find('again').addEventListener('click', () => void startAgain());
find('close').addEventListener('click', () => cashier?.close());
find('reload').addEventListener('click', () => cashier?.reload());
find('check').addEventListener('click', () => void check());
find('copy').addEventListener('click', () => {
  void navigator.clipboard.writeText(find('html').textContent).then(
    () => (find('copied').textContent = 'Copied.'),
    () => (find('copied').textContent = 'Select it and copy it: this browser does not let the page do it.'),
  );
});
show(readControls(form));
showState();
await startAgain();
