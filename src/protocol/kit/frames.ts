/**
 * Hosted pages that behave in one way each, to try an element or any other embedder against: run `playFrame` in a page
 * of another origin and frame it.
 */
import type { Embedder } from '../../model/cashier-frame.ts';
import { connectToPage, type FrameLink } from '../frame-link.ts';
import type { PageMessage } from '../page-messages.ts';

export interface FramePart {
  readonly embedder: Embedder;
  /** The token of the page's address; empty when the page was loaded ahead of it. */
  readonly token: string;
  readonly onConnect?: () => void;
  readonly onMessage?: (message: PageMessage) => void;
}

type Play = (part: FramePart) => FrameLink | undefined;

/** As it should be: ready at once, or as soon as its token comes over the port. */
const good = ({ embedder, token, onConnect, onMessage }: FramePart): FrameLink => {
  const link = connectToPage({
    embedder,
    ...(onConnect && { onConnect }),
    onMessage: (message) => {
      if (message.type === 'session' && token === '') link.send('ready', {});
      onMessage?.(message);
    },
  });
  link.send('resize', { height: 480 });
  if (token !== '') link.send('ready', {});
  return link;
};

/** Connects as it should, then tries all it can to be believed, obeyed or waited for. */
const hostile = (part: FramePart): FrameLink => {
  const link = good(part);
  for (const attack of attacksOf(part.embedder)) window.parent.postMessage(attack, part.embedder.origin);
  link.send('navigate', { url: 'javascript:alert(document.domain)', reason: 'hostile' });
  for (let round = 0; round < 50; round += 1) link.send('resize', { height: round % 2 ? 100_000 : 0 });
  return link;
};

const post = ({ embedder }: FramePart, message: unknown): undefined => {
  window.parent.postMessage(message, embedder.origin);
};

const PLAYS = {
  good,
  hostile,
  /** Knows nothing of the protocol. */
  silent: () => undefined,
  /** Says hello long after its document is there. */
  slow: (part) => {
    setTimeout(good, 600, part);
    return undefined;
  },
  /** Says hello and then nothing. */
  mute: ({ embedder, onMessage = ignore }) => connectToPage({ embedder, onMessage }),
  /** Speaks a version that does not exist yet. */
  future: (part) => post(part, { n: 0, t: 'hello', d: { v: [99], id: part.embedder.nonce, caps: [] } }),
  /** Answers with the nonce of another frame. */
  'wrong-nonce': (part) => good({ ...part, embedder: { ...part.embedder, nonce: 'f'.repeat(32) } }),
  /** Speaks a language of its own, which a `dialect` may understand. */
  foreign: (part) => post(part, { type: 'cashier-loaded', px: 555 }),
} satisfies Record<string, Play>;

export type Behaviour = keyof typeof PLAYS;

export const isBehaviour = (name: string): name is Behaviour => Object.hasOwn(PLAYS, name);

/** Makes this page behave so. The link is that of the behaviours that have one. */
export const playFrame = (behaviour: Behaviour, part: FramePart): FrameLink | undefined =>
  PLAYS[behaviour](part);

const ignore = (): void => undefined;

/** Messages past the port; each must be dropped without a trace but a line of diagnostics. */
function attacksOf({ nonce }: Embedder): readonly unknown[] {
  const hello = { v: [1], id: nonce, caps: [] };
  return [
    { n: 1, t: 'status', d: { status: 'succeeded', transactionId: 'forged' } },
    { n: 0, t: 'welcome', d: { v: 1, id: nonce } },
    { n: 0, t: 'hello', d: { ...hello, id: '0'.repeat(32) } },
    { n: 0, t: 'hello', d: { ...hello, caps: Array.from({ length: 1_000 }, String) } },
    { n: -1, t: 'hello', d: hello },
    { n: 0, t: '__proto__', d: { constructor: 'x' } },
    JSON.parse('{"n":0,"t":"hello","d":{"__proto__":{"v":[1]}}}'),
    'x'.repeat(200_000),
    null,
  ];
}
