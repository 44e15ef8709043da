import { KassaCashier } from 'kassa/react';
export const right = (
  <kassa-cashier
    session-url="/kassa/session"
    theme="dark"
    class="checkout"
    session={() => fetch('/x').then((r) => r.json())}
    onkassa-outcome={({ outcome }) => void outcome.trackingId}
  />
);
// @ts-expect-error: not a flow
export const wrong = <kassa-cashier flow="refund" />;
// @ts-expect-error: fields are on the event itself
export const event = <kassa-cashier onkassa-outcome={(event) => event.detail} />;
export const c = <KassaCashier sessionUrl="/x" onOutcome={({ outcome }) => outcome.kind} />;
// @ts-expect-error: no such handler
export const d = <KassaCashier onKassaOutcome={() => undefined} />;
