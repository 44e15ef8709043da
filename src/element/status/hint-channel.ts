/**
 * What pages of one browser tell each other about an order: that there is something to ask the backend for. Any script of
 * the shop's origin can write here and read along, so nothing is believed, and no more is told than the gateway's word.
 */
import { whileShown } from './hold.ts';

export interface HintChannelOptions {
  readonly name: string;
  /** The gateway's word that this page knows of, if it is the one that asks for all. */
  readonly answer: () => string | undefined;
  /** Somebody knows, or says to know, of this. */
  readonly onHint: (rawStatus: unknown) => void;
}

export interface HintChannel {
  tell(rawStatus: string): void;
  stop(): void;
}

/** What a page that has just come asks the one that knows. */
const QUESTION = 'what do you know?';
/** Once for however many who ask. */
const ANSWER_AFTER_MS = 50;

export function openHintChannel({ name, answer, onHint }: HintChannelOptions): HintChannel {
  let channel: BroadcastChannel | undefined;
  const tell = (rawStatus: string | undefined): void => {
    if (rawStatus) channel?.postMessage({ rawStatus });
  };
  const stop = whileShown(() => {
    if (!('BroadcastChannel' in globalThis)) return () => undefined;
    const opened = (channel = new BroadcastChannel(name));
    let answering: ReturnType<typeof setTimeout> | undefined;
    const answerSoon = (): void => {
      answering = undefined;
      tell(answer());
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === QUESTION) answering ??= setTimeout(answerSoon, ANSWER_AFTER_MS);
      // A page of an older version tells its whole report; the word is all that is looked at.
      else onHint((data as { readonly rawStatus?: unknown } | null)?.rawStatus);
    };
    opened.postMessage(QUESTION);
    return () => {
      clearTimeout(answering);
      channel = undefined;
      opened.close();
    };
  });
  return { tell, stop };
}
