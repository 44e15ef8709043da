/** `kassa/vue`: registers the tag, and types it in templates: `<kassa-cashier session-url="…" @kassa-outcome="…" />`. */
import type { HTMLAttributes } from 'vue';
import type { CashierProperties } from '../element/attributes.js';
import type { KassaCashier } from '../element/cashier-element.js';
import type { KassaEventMap } from '../element/events.js';

/** Vue writes `session-url` and `@kassa-outcome` as `sessionUrl` and `onKassaOutcome`. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type Props = HTMLAttributes &
  CashierProperties &
  Partial<
    Pick<
      KassaCashier,
      | 'sessionUrl'
      | 'cashierUrl'
      | 'flow'
      | 'display'
      | 'theme'
      | 'anchor'
      | 'open'
      | 'prewarm'
      | 'challenge'
      | 'lang'
    >
  > & { readonly timeoutMs?: number | string } & {
    readonly [K in keyof KassaEventMap as `on${Capitalize<Camel<K>>}`]?: (event: KassaEventMap[K]) => void;
  };

declare module 'vue' {
  interface GlobalComponents {
    'kassa-cashier': new () => KassaCashier & { readonly $props: Props };
  }
}
