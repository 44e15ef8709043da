/**
 * `kassa/react`: the element as a React component, with typed props and `on…` handlers, from React 18 on.
 *
 * The attributes are in the server's HTML, so that the tag works as soon as its script is there, before hydration.
 */
import * as React from 'react';
import type {
  CashierAttributes,
  CashierHandlers,
  CashierProperties,
  CashierProperty,
} from '../element/attributes.ts';
import type { KassaCashier as KassaCashierElement } from '../element/cashier-element.ts';
import '../element/define.ts';
import type { KassaEventMap } from '../element/events.ts';

const ATTRIBUTES = {
  sessionUrl: 'session-url',
  cashierUrl: 'cashier-url',
  flow: 'flow',
  display: 'display',
  open: 'open',
  anchor: 'anchor',
  theme: 'theme',
  lang: 'lang',
  challenge: 'challenge',
  prewarm: 'prewarm',
  timeoutMs: 'timeout-ms',
} as const satisfies Partial<Record<keyof KassaCashierElement, keyof CashierAttributes>>;

/** What no attribute can hold. */
const PROPERTIES = ['session', 'payment', 'words', 'dialect'] as const satisfies CashierProperty[];

const EVENTS = {
  onReady: 'kassa-ready',
  onStatus: 'kassa-status',
  onChallenge: 'kassa-challenge',
  onRedirect: 'kassa-redirect',
  onClose: 'kassa-close',
  onClosed: 'kassa-closed',
  onExpiring: 'kassa-expiring',
  onOutcome: 'kassa-outcome',
  onError: 'kassa-error',
} as const satisfies Record<string, keyof KassaEventMap>;

type Attribute = keyof typeof ATTRIBUTES;
type Handler = keyof typeof EVENTS;

type OwnProps = { readonly [K in Attribute | CashierProperty]?: KassaCashierElement[K] | undefined } & {
  readonly [K in Handler]?: ((event: KassaEventMap[(typeof EVENTS)[K]]) => void) | undefined;
};

export type KassaCashierProps = OwnProps &
  Omit<React.HTMLAttributes<KassaCashierElement>, keyof OwnProps> &
  React.RefAttributes<KassaCashierElement>;

/** On a server there is no layout, and React 18 warns of effects that wait for one. */
const useCommit = typeof document === 'undefined' ? React.useEffect : React.useLayoutEffect;

/** `<KassaCashier sessionUrl="/kassa/session" onOutcome={({ outcome }) => …} />` */
export const KassaCashier: React.ForwardRefExoticComponent<KassaCashierProps> = React.forwardRef<
  KassaCashierElement,
  Omit<KassaCashierProps, 'ref'>
>(function KassaCashier(props, ref) {
  const element = React.useRef<KassaCashierElement>(null);
  // What React is told once, for the server's HTML and the first render; later changes are made below, because React 19
  // would set a property to `undefined` where taking the attribute away means its default.
  const first = React.useRef(attributesOf(props));
  const given = React.useRef<OwnProps>({});
  React.useImperativeHandle<KassaCashierElement | null, KassaCashierElement | null>(
    ref,
    () => element.current,
    [],
  );

  useCommit(() => {
    const before = given.current;
    given.current = props;
    if (element.current) update(element.current, before, given);
  });
  useCommit(() => listen(element.current, given), []);

  return React.createElement('kassa-cashier', {
    ...foreignProps(props),
    ...first.current,
    ref: element,
    // The element may have been at work before React was: an attribute of its own is no fault of the page.
    suppressHydrationWarning: true,
  });
});

const entries = <T extends object>(table: T) => Object.entries(table) as [keyof T, T[keyof T]][];

/** `true` is how both React 18 and 19 write an attribute that is there; `false` would be one too. */
function attributesOf(props: OwnProps): Record<string, string | number | true | undefined> {
  return Object.fromEntries(
    entries(ATTRIBUTES).map(([prop, name]) => [name, props[prop] === false ? undefined : props[prop]]),
  );
}

/** Slots, `id`, `style` and the like: React's own. It takes `className` of a custom element for an unknown attribute. */
function foreignProps({ className, ...props }: Omit<KassaCashierProps, 'ref'>): Record<string, unknown> {
  const own = new Set<string>([...Object.keys(ATTRIBUTES), ...PROPERTIES, ...Object.keys(EVENTS)]);
  const foreign = Object.entries(props).filter(([name]) => !own.has(name));
  return { ...Object.fromEntries(foreign), ...(className !== undefined && { class: className }) };
}

/** Only what has changed: what the shopper did meanwhile, such as closing it, stays. */
function update(element: KassaCashierElement, before: OwnProps, given: { readonly current: OwnProps }): void {
  for (const [prop, name] of entries(ATTRIBUTES)) {
    const value = given.current[prop];
    if (value === before[prop]) continue;
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const name of PROPERTIES) {
    const value = given.current[name];
    if (!isSame(value, before[name])) Object.assign(element, { [name]: lasting(name, value, given) });
  }
}

/** Written in JSX, a payment is a new object at each render, and a function a new one: still the same to the shopper. */
function isSame(value: unknown, before: unknown): boolean {
  if (value === before) return true;
  if (typeof value === 'function') return typeof before === 'function';
  return isPlain(value) && isPlain(before) && JSON.stringify(value) === JSON.stringify(before);
}

/** A function that stays, and calls the one of the last render. */
function lasting(name: CashierProperty, value: unknown, given: { readonly current: OwnProps }): unknown {
  if (typeof value !== 'function') return value;
  return (...args: unknown[]): unknown => (given.current[name] as (...args: unknown[]) => unknown)(...args);
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Once for each element; the handler is the one of the last render. */
function listen(
  element: KassaCashierElement | null,
  given: { readonly current: OwnProps },
): (() => void) | undefined {
  const left = new AbortController();
  for (const [prop, type] of entries(EVENTS)) {
    const tell = (event: Event): void =>
      (given.current[prop] as ((event: Event) => void) | undefined)?.(event);
    element?.addEventListener(type, tell, { signal: left.signal });
  }
  return () => left.abort();
}

/** The tag itself in JSX; React 19 sets its properties, and listens to `onkassa-outcome` and the like. */
type TagProps = React.DetailedHTMLProps<React.HTMLAttributes<KassaCashierElement>, KassaCashierElement> &
  CashierAttributes &
  CashierProperties &
  CashierHandlers<'on'> & { readonly class?: string };

declare module 'react' {
  // oxlint-disable-next-line typescript/no-namespace -- where React looks for the tags of JSX
  namespace JSX {
    interface IntrinsicElements {
      'kassa-cashier': TagProps;
    }
  }
}
