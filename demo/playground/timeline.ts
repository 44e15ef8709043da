/** Draws what was said as a sequence: three parties, an arrow for each message, time downwards. */
import type { Party, Said } from './taps.ts';

const LANES: Readonly<Record<Party, number>> = { frame: 90, page: 380, backend: 670 };
const TITLES: Readonly<Record<Party, string>> = {
  frame: 'Hosted page',
  page: 'Your page',
  backend: 'Your backend',
};
const WIDTH = 760;
const HEAD = 44;
const ROW = 30;
const SVG = 'http://www.w3.org/2000/svg';
/** More rows than anybody reads. */
const KEPT = 200;

export class Timeline {
  readonly #holder: HTMLElement;
  #said: Said[] = [];
  #drawing = false;

  constructor(holder: HTMLElement) {
    this.#holder = holder;
  }

  add(said: Said): void {
    this.#said = [...this.#said, said].slice(-KEPT);
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  clear(): void {
    this.#said = [];
    this.#draw();
  }

  #draw(): void {
    const height = HEAD + ROW * (this.#said.length + 1);
    const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, role: 'img' });
    svg.append(shape('title', {}, `${this.#said.length} messages between page, frame and backend`));
    for (const party of Object.keys(LANES) as Party[]) {
      const x = LANES[party];
      svg.append(
        shape('text', { x, y: 20, class: 'party' }, TITLES[party]),
        shape('line', { x1: x, x2: x, y1: 30, y2: height - 8, class: 'lane' }),
      );
    }
    const [first] = this.#said;
    svg.append(...this.#said.map((said, row) => arrow(said, HEAD + ROW * row + 16, first?.at ?? 0)));
    // On a phone, where three lanes have no room, the same as a list; the style sheet chooses.
    this.#holder.replaceChildren(svg, listOf(this.#said));
    this.#holder.scrollTop = this.#holder.scrollHeight;
  }
}

function listOf(said: readonly Said[]): HTMLElement {
  const list = document.createElement('ol');
  const start = said[0]?.at ?? 0;
  list.append(
    ...said.map(({ at, from, to, what, detail }) => {
      const row = document.createElement('li');
      row.className = from;
      const who = Object.assign(document.createElement('small'), {
        textContent: `${Math.round(at - start)} ms · ${TITLES[from]} → ${TITLES[to]}`,
      });
      const words = Object.assign(document.createElement('code'), {
        textContent: `${what} ${detail}`.trim(),
      });
      row.append(who, words);
      return row;
    }),
  );
  return list;
}

function arrow({ at, from, to, what, detail }: Said, y: number, start: number): SVGElement {
  const [x1, x2] = [LANES[from], LANES[to]];
  const sign = x2 > x1 ? 1 : -1;
  const tip = x2 - sign * 2;
  const group = shape('g', { class: `said ${from}` });
  group.append(
    shape('title', {}, `${Math.round(at - start)} ms: ${what} ${detail}`),
    shape('line', { x1: x1 + sign * 2, x2: tip, y1: y, y2: y }),
    shape('path', { d: `M${tip} ${y} l${-sign * 7} -4 v8 z` }),
    shape('text', { x: (x1 + x2) / 2, y: y - 5 }, shorten(`${what}  ${detail}`)),
    shape('text', { x: 4, y: y + 4, class: 'time' }, `${Math.round(at - start)} ms`),
  );
  return group;
}

const shorten = (text: string): string => (text.length > 38 ? `${text.slice(0, 37)}…` : text);

function shape(tag: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}
