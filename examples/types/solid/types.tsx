import 'kassa/solid';
export const right = (
  <kassa-cashier
    session-url="/kassa/session"
    theme="dark"
    class="checkout"
    prop:session={() => fetch('/x').then((r) => r.json())}
    on:kassa-outcome={({ outcome }) => void outcome.trackingId}
  />
);
// @ts-expect-error: not a flow
export const wrong = <kassa-cashier flow="refund" />;
// @ts-expect-error: fields are on the event itself
export const event = <kassa-cashier on:kassa-outcome={(event) => event.detail} />;
