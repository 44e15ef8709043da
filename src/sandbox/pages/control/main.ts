/** Looks at the sandbox once a second while it is looked at, and pulls its levers. */
import './style.css';
import { render } from 'lit';
import { decide, order, readSnapshot, type Snapshot } from './client.ts';
import type { Levers, ListPages } from './levers.ts';
import { pageTemplate } from './templates.ts';

const LOOK_EVERY_MS = 1_000;

const app = document.getElementById('app') ?? document.body;
let snapshot: Snapshot | undefined;
let problem = '';
let pages: ListPages = { transactions: 0, deliveries: 0 };

const levers: Levers = {
  advance: (advanceMs) => void pull(() => order('/clock', { advanceMs })),
  reset: () => void pull(() => order('/reset')),
  resend: (id) => void pull(() => order(`/deliveries/${id}/resend`)),
  arm: (match, fault) => void pull(() => order('/faults', { match, fault })),
  configure: (patch) => void pull(() => order('/config', patch)),
  receive: (amount, currency) => void pull(() => order('/nixo/incoming', { amount, currency })),
  turn: (list, page) => {
    pages = { ...pages, [list]: page };
    draw();
  },
  decide: (decision, id) => void pull(() => decide(decision, id, snapshot?.state.keys[0]?.key ?? '')),
};

async function pull(lever: () => Promise<unknown>): Promise<void> {
  problem = '';
  try {
    await lever();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  await look();
}

async function look(): Promise<void> {
  try {
    snapshot = await readSnapshot();
    if (problem === UNREACHABLE) problem = '';
  } catch {
    problem = UNREACHABLE;
  }
  draw();
}

function draw(): void {
  render(pageTemplate(snapshot, problem, pages, levers), app);
}

const UNREACHABLE = 'The sandbox does not answer. Is it still running?';

async function watch(): Promise<void> {
  if (!document.hidden) await look();
  setTimeout(() => void watch(), LOOK_EVERY_MS);
}

await watch();
