/** The floor for an element without a library: an iframe in its shadow, its checks, one event. */
class PlainCashier extends HTMLElement {
  connectedCallback(): void {
    const frame = document.createElement('iframe');
    frame.src = this.getAttribute('src') ?? 'about:blank';
    const { origin } = new URL(frame.src);
    addEventListener('message', (message: MessageEvent<unknown>) => {
      if (message.source !== frame.contentWindow || message.origin !== origin) return;
      if (message.data === 'ready') this.dispatchEvent(new Event('ready'));
    });
    this.attachShadow({ mode: 'open' }).append(frame);
  }
}
customElements.define('plain-cashier', PlainCashier);
