/** The marks of card brands, drawn small. Their names are said in words beside them. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const text = (words: string, fill: string, size = 9): SVGTemplateResult =>
  svg`<text x="18" y=${12 + size * 0.36} font-size=${size} font-weight="800" font-family="Arial, Helvetica, sans-serif"
    text-anchor="middle" fill=${fill}>${words}</text>`;

const circles = (left: string, right: string): SVGTemplateResult =>
  svg`<circle cx="14" cy="12" r="6.5" fill=${left} /><circle cx="22" cy="12" r="6.5" fill=${right} fill-opacity="0.85" />`;

interface Mark {
  readonly ground: string;
  readonly drawing: SVGTemplateResult;
}

const MARKS: Readonly<Record<string, Mark>> = {
  visa: {
    ground: '#ffffff',
    drawing: svg`<g transform="skewX(-10) translate(2 0)">${text('VISA', '#1434cb', 11)}</g>`,
  },
  mastercard: { ground: '#ffffff', drawing: circles('#eb001b', '#f79e1b') },
  maestro: { ground: '#ffffff', drawing: circles('#0099df', '#ed0006') },
  'american-express': { ground: '#016fd0', drawing: text('AMEX', '#ffffff', 10) },
  discover: {
    ground: '#ffffff',
    drawing: svg`<path d="M36 12v9a3 3 0 0 1-3 3H15c9-2 16-6 21-12z" fill="#ee7623" />${text('DISC', '#231f20', 9)}`,
  },
  'diners-club': {
    ground: '#ffffff',
    drawing: svg`<circle cx="18" cy="12" r="8" fill="#0069aa" /><path d="M15.5 7.5v9M20.5 7.5v9" stroke="#fff" stroke-width="2" />`,
  },
  jcb: {
    ground: '#ffffff',
    drawing: svg`<rect x="8" y="4" width="6" height="16" rx="2" fill="#0e4c96" /><rect x="15" y="4" width="6" height="16" rx="2" fill="#d7182a" /><rect x="22" y="4" width="6" height="16" rx="2" fill="#007940" />`,
  },
  unionpay: {
    ground: '#ffffff',
    drawing: svg`<path d="M9 4h7l-3 16H6z" fill="#e21836" /><path d="M16 4h7l-3 16h-7z" fill="#00447c" /><path d="M23 4h7l-3 16h-7z" fill="#007b84" />`,
  },
  'cartes-bancaires': { ground: '#1f4f8f', drawing: text('CB', '#ffffff', 12) },
};

const CARD: Mark = {
  ground: 'none',
  drawing: svg`<path d="M6 9h24M9 16h6" fill="none" stroke="currentColor" stroke-width="2" />`,
};

/** Decoration: whoever shows it says the name. */
export function brandMark(id: string): TemplateResult {
  const { ground, drawing } = MARKS[id] ?? CARD;
  return html`<svg class="brand-mark" viewBox="0 0 36 24" aria-hidden="true">
    ${svg`<rect class="ground" x="0.5" y="0.5" width="35" height="23" rx="3.5" fill=${ground} />${drawing}`}
  </svg>`;
}
