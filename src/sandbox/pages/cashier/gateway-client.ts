/** The page's questions to its gateway. The token goes in a header, never in an address that would be logged. */
import type { CashierView, FieldErrors, PaymentView, PayRequest } from '../view.ts';

export type PayAnswer =
  | { readonly kind: 'started'; readonly payment: PaymentView }
  | { readonly kind: 'faults'; readonly faults: FieldErrors }
  /** The token is expired, used or unknown by now. */
  | { readonly kind: 'closed'; readonly view: CashierView }
  /** Another payment of the order is under way; its page has to be shown, not another charge made. */
  | { readonly kind: 'already'; readonly payment: PaymentView | undefined }
  /** The processor failed, and the gateway says that nothing was charged. */
  | { readonly kind: 'broke' };

/** Each rejects when there is no answer: then nothing is known, and nothing may be concluded. */
export interface GatewayClient {
  view(lang: string): Promise<CashierView>;
  pay(request: PayRequest): Promise<PayAnswer>;
  payment(): Promise<PaymentView | undefined>;
  cancel(): Promise<PaymentView | undefined>;
  deleteCard(id: string): Promise<void>;
}

export function createGatewayClient(token: () => string): GatewayClient {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    // Below the page's own address, whatever stands before it.
    fetch(`cashier/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
    });
  const read = async <T>(response: Response): Promise<T | undefined> => {
    if (response.status === 204) return undefined;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as T;
  };

  return {
    async view(lang) {
      const view = await read<CashierView>(await ask(`view?lang=${encodeURIComponent(lang)}`));
      if (!view) throw new Error('no view');
      return view;
    },
    async pay(request) {
      const response = await ask('pay', { method: 'POST', body: JSON.stringify(request) });
      switch (response.status) {
        case 202:
          return { kind: 'started', payment: (await response.json()) as PaymentView };
        case 409:
          return { kind: 'already', payment: ((await response.json()) as PaymentView | null) ?? undefined };
        case 410:
          return { kind: 'closed', view: (await response.json()) as CashierView };
        case 422:
          return { kind: 'faults', faults: (await response.json()) as FieldErrors };
        case 503:
          return { kind: 'broke' };
        default:
          // A server in between may have failed after the payment was made: nothing is known.
          throw new Error(`HTTP ${response.status}`);
      }
    },
    payment: async () => read<PaymentView>(await ask('payment')),
    cancel: async () => read<PaymentView>(await ask('cancel', { method: 'POST' })),
    deleteCard: async (id) => {
      await read(await ask(`cards/${encodeURIComponent(id)}`, { method: 'DELETE' }));
    },
  };
}
