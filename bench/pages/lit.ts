/** The floor for a Lit element: an iframe, its checks, one event. */
import { html, LitElement } from 'lit';

class BareCashier extends LitElement {
  override render() {
    return html`<iframe src=${this.getAttribute('src') ?? 'about:blank'}></iframe>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      const frame = this.renderRoot.querySelector('iframe');
      if (source === frame?.contentWindow && origin === new URL(frame.src).origin && data === 'ready') {
        this.dispatchEvent(new Event('ready'));
      }
    });
  }
}
customElements.define('bare-cashier', BareCashier);
