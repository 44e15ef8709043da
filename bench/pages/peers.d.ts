/** What is used of the peers, whose packages are not there without `npm install --prefix bench`. */
declare module '@polar-sh/checkout/embed' {
  export const PolarEmbedCheckout: { create(url: string): Promise<unknown> };
}

declare module 'penpal' {
  interface Messenger {
    destroy(): void;
  }
  export const WindowMessenger: new (options: {
    remoteWindow: Window;
    allowedOrigins: readonly string[];
  }) => Messenger;
  export function connect(options: { messenger: Messenger }): { readonly promise: Promise<unknown> };
}

declare module 'zoid/dist/zoid.frame.min.js' {
  type Component = (props: { onRendered: () => void }) => { render(container: string): Promise<unknown> };
  export function create(options: { tag: string; url: string }): Component;
}

declare module 'paymentiq-cashier-bootstrapper' {
  interface Api {
    on(callbacks: Readonly<Record<string, () => void>>): void;
  }
  const bootstrapper: {
    default: new (
      place: string,
      config: Readonly<Record<string, string>>,
      callback: (api: Api) => void,
    ) => object;
  };
  export = bootstrapper;
}
