/** A QR code as one path. A chunk of its own: only transfers need it. */
import { html, svg, type TemplateResult } from 'lit';
import { encode } from 'uqr';

/** Dark on white with a quiet zone, whatever the theme: that is what cameras read. */
export function qrCode(text: string, title: string): TemplateResult {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label=${title}
    shape-rendering="crispEdges"
  >
    ${svg`<rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />`}
  </svg>`;
}
