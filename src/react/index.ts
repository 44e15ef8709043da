/** `kassa/react`: the element as a React component, with typed props and `onKassa…` handlers. */
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import type { CashierAttributes } from '../element/attributes.ts';
import { KassaCashier as KassaCashierElement } from '../element/cashier-element.ts';
import '../element/define.ts';
import type { KassaEventMap } from '../element/events.ts';

const event = <K extends keyof KassaEventMap>(name: K): EventName<KassaEventMap[K]> =>
  name as unknown as EventName<KassaEventMap[K]>;

/** `<KassaCashier sessionUrl="/kassa/session" onOutcome={({ outcome }) => …} />` */
export const KassaCashier = createComponent({
  react: React,
  tagName: 'kassa-cashier',
  elementClass: KassaCashierElement,
  events: {
    onReady: event('kassa-ready'),
    onStatus: event('kassa-status'),
    onChallenge: event('kassa-challenge'),
    onRedirect: event('kassa-redirect'),
    onClose: event('kassa-close'),
    onClosed: event('kassa-closed'),
    onExpiring: event('kassa-expiring'),
    onOutcome: event('kassa-outcome'),
    onError: event('kassa-error'),
  },
});

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React looks for the tags of JSX
  namespace JSX {
    interface IntrinsicElements {
      'kassa-cashier': React.DetailedHTMLProps<
        React.HTMLAttributes<KassaCashierElement>,
        KassaCashierElement
      > &
        CashierAttributes;
    }
  }
}
