/** Hears that a shopper came back from the bank, by every way the return page may take. */
import { returnChannel } from './return-announcement.ts';

/** Only from pages of the shop's own origin, and only for this order. Until the returned function is called. */
export function listenForReturn(trackingId: string, onReturn: () => void): () => void {
  const isOurs = (data: unknown): boolean => {
    const message = data as { readonly kassa?: unknown; readonly trackingId?: unknown } | null;
    return message?.kassa === 'returned' && message.trackingId === trackingId;
  };
  const onMessage = ({ isTrusted, origin, data }: MessageEvent<unknown>): void => {
    if (isTrusted && origin === location.origin && isOurs(data)) onReturn();
  };
  window.addEventListener('message', onMessage);
  const channel = 'BroadcastChannel' in globalThis && new BroadcastChannel(returnChannel(trackingId));
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isOurs(data)) onReturn();
    };
  }
  return () => {
    window.removeEventListener('message', onMessage);
    if (channel) channel.close();
  };
}
