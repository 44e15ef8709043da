/** `kassa/react`: the element as a React component, with typed props and `onKassa…` handlers. */
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
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
