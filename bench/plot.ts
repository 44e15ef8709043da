/**
 * `npm run bench -- --plot`: each result as a picture beside its JSON, and the lines of the README that show two of them.
 * A row is a ratio to the floor of its group, with its 95 % interval, on a scale where twice and half are as far.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { peer } from './peers.ts';
import type { Group, Row } from './report.ts';

export interface Result {
  readonly bench: string;
  readonly commit: string;
  readonly groups: readonly Group[];
}

/** What is used of Observable Plot, whose package is not there without the peers. */
interface Plot extends Record<
  'ruleX' | 'tickX' | 'link' | 'dot',
  (data: readonly unknown[], options: object) => unknown
> {
  plot(options: object): Element;
}

interface Dom {
  readonly parseHTML: (html: string) => { readonly document: Document };
}

const FOLDER = 'bench/results';
/** What the README shows of which results: the groups that have peers, in CPU, which a busy shop pays. */
const SHOWN: Readonly<Record<string, (group: Group) => boolean>> = {
  webhooks: ({ rows }) => rows.length > 2,
  mint: ({ unit }) => unit === 'µs of CPU',
};

/** The result of a bench, as it was kept. */
export const readResult = (bench: string): Result =>
  JSON.parse(readFileSync(`${FOLDER}/${bench}.json`, 'utf8')) as Result;

export async function plotAll(): Promise<void> {
  const plot = await peer<Plot>('@observablehq/plot');
  const dom = await peer<Dom>('linkedom');
  if (!plot || !dom) return;
  // What has no ratios, as slopes, is read as the table that was printed.
  const names = readdirSync(FOLDER)
    .flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? [])
    .filter((name) => readResult(name).groups.length > 0);
  for (const name of names) {
    const result = readResult(name);
    writeFileSync(`${FOLDER}/${name}.svg`, draw(plot, dom, result));
    const shown = SHOWN[name];
    if (shown)
      writeFileSync(pictureOf(name), draw(plot, dom, { ...result, groups: result.groups.filter(shown) }));
  }
  writeFileSync('README.md', withFigures(readFileSync('README.md', 'utf8'), readResult));
  console.log(
    `Drawn: ${names.map((name) => `${FOLDER}/${name}.svg`).join(', ')}; README.md has their figures.`,
  );
}

const pictureOf = (bench: string): string => `docs/pictures/bench-${bench}.svg`;

const ROW_HEIGHT = 18;
const GROUP_HEIGHT = 32;

function draw(plot: Plot, { parseHTML }: Dom, { bench, commit, groups }: Result): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const ratios = groups.flatMap(({ rows }) =>
    rows.flatMap(({ ratio, goal = 1 }) => [ratio.low, ratio.high, goal]),
  );
  const domain = [Math.min(0.8, ...ratios), Math.max(2, ...ratios)];
  const parts = groups.map(({ name, unit, rounds, rows }) => {
    const figure = plot.plot({
      document,
      width: 720,
      height: GROUP_HEIGHT + rows.length * ROW_HEIGHT,
      marginLeft: 170,
      marginRight: 60,
      marginTop: 8,
      style: { fontSize: '12px' },
      x: { type: 'log', domain, label: null, grid: true, tickFormat: (times: number) => `${times}×` },
      y: { label: null, domain: rows.map((row) => row.name) },
      marks: [
        plot.ruleX([1], { stroke: '#888' }),
        plot.tickX(
          rows.filter(({ goal }) => goal !== undefined),
          { x: 'goal', y: 'name', stroke: '#0a7d3c', strokeWidth: 2, strokeDasharray: '3 2' },
        ),
        plot.link(rows, {
          x1: (row: Row) => row.ratio.low,
          x2: (row: Row) => row.ratio.high,
          y: 'name',
          stroke: colourOf,
          strokeWidth: 2,
        }),
        plot.dot(rows, { x: (row: Row) => row.ratio.value, y: 'name', r: 4, fill: colourOf }),
      ],
    });
    figure.setAttribute('data-title', `${name} (${unit}, ${rounds} rounds)`);
    return figure;
  });
  return stacked(`${bench}, measured at ${commit}`, parts);
}

const colourOf = ({ name }: Row): string => (name.startsWith('kassa') ? '#4338ca' : '#6b7280');

/** One picture of all: the library draws one group, as each has a scale and rows of its own. */
function stacked(title: string, figures: readonly Element[]): string {
  let y = 36;
  const placed = figures.map((figure) => {
    const height = Number(figure.getAttribute('height'));
    const caption = `<text x="8" y="${y + 12}" font-weight="600">${escaped(figure.getAttribute('data-title') ?? '')}</text>`;
    figure.setAttribute('y', String(y + 12));
    y += height + 16;
    return `${caption}\n${figure.outerHTML}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${y}" viewBox="0 0 720 ${y}" font-family="system-ui, sans-serif" font-size="12" fill="#111827">
<title>${escaped(title)}</title>
<rect width="720" height="${y}" fill="#ffffff"/>
<text x="8" y="22" font-size="14" font-weight="700">${escaped(title)}</text>
${placed.join('\n')}
</svg>
`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The README with the figures of the results between its marks. */
export function withFigures(readme: string, resultOf: (bench: string) => Result): string {
  const pictures = Object.entries(SHOWN).map(([bench, isShown]) => {
    const { groups, commit } = resultOf(bench);
    return `![Measured at ${commit}: ${groups.filter(isShown).map(inWords).join('; ')}.](${pictureOf(bench)})`;
  });
  return readme.replace(/(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/, `$1\n${pictures.join('\n')}\n$2`);
}

function inWords({ name, unit, rows }: Group): string {
  const [floor, ...others] = rows;
  const figures = others.map((row) => `${row.name} ${row.ratio.value.toFixed(2)}`);
  return `${name}, ${unit}, in times of ${floor?.name ?? ''}: ${figures.join(', ')}`;
}
