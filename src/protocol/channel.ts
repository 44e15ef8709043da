/** A MessagePort that speaks in the tables of `messages.ts`: sends in order, accepts only what its table knows. */
import type { Cost } from './budget.ts';
import { readEnvelope } from './envelope.ts';
import type { MessageData, MessageOf, MessageTable, MessageType } from './messages.ts';
import { read } from './shape.ts';
import { isHeavy } from './weight.ts';

export interface Channel<Out extends MessageTable> {
  send<K extends MessageType<Out>>(type: K, data: MessageData<Out, K>): void;
  close(): void;
}

export interface ChannelOptions<In extends MessageTable> {
  readonly port: MessagePort;
  readonly accepts: In;
  readonly onMessage: (message: MessageOf<In>) => void;
  readonly onDrop: (reason: ChannelDrop) => void;
  /** Whether this one is heard at all, by what it costs. Default: all are. */
  readonly afford?: (cost: Cost) => boolean;
}

/** Why a message on an open port was thrown away. An unknown type is dropped silently: it is a newer version's. */
export type ChannelDrop = 'too-heavy' | 'not-an-envelope' | 'out-of-order' | 'malformed';

export function openChannel<Out extends MessageTable, In extends MessageTable>(
  options: ChannelOptions<In>,
): Channel<Out> {
  const { port, accepts, onMessage, onDrop, afford = () => true } = options;
  let sent = 0;
  let received = 0;

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const tooHeavy = isHeavy(data);
    if (!afford(tooHeavy ? 'heavy' : 'message')) return;
    if (tooHeavy) {
      onDrop('too-heavy');
      return;
    }
    const envelope = readEnvelope(data);
    if (!envelope) {
      onDrop('not-an-envelope');
      return;
    }
    if (envelope.n <= received) {
      onDrop('out-of-order');
      return;
    }
    received = envelope.n;
    const shape = Object.hasOwn(accepts, envelope.t) ? accepts[envelope.t] : undefined;
    if (!shape) return;
    const content = read(shape, envelope.d);
    if (content) onMessage({ type: envelope.t, data: content } as MessageOf<In>);
    else onDrop('malformed');
  };

  return {
    send(type, data) {
      sent += 1;
      port.postMessage({ n: sent, t: type, d: data });
    },
    close() {
      port.onmessage = null;
      port.close();
    },
  };
}
