import type { calibration } from './calibration';

/**
 * The three plain charts of docs/understanding.md as SVG. Chart libraries for Node bring tens of megabytes for what is a
 * page of lines; colours are readable on light and dark pages, and every value is also in a table.
 */
const width = 460;
const height = 300;
const frame = { left: 52, right: 16, top: 36, bottom: 44 };
const ink = '#6b7280';
const colours = ['#2563eb', '#d97706', '#059669', '#9333ea'];

const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom };
const right = (share: number) => round(frame.left + share * inner.width);
const up = (share: number) => round(frame.top + (1 - share) * inner.height);
const round = (x: number) => Math.round(x * 10) / 10;
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;
}

function picture(title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12" fill="${ink}">`,
    text(frame.left, 20, title, 'font-size="14" font-weight="bold"'),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function grid(ticks: readonly number[], label: (tick: number) => string, place: (tick: number) => number): string[] {
  return ticks.flatMap((tick) => [
    `<path d="M${frame.left} ${place(tick)}H${width - frame.right}" stroke="${ink}" stroke-opacity="0.25"/>`,
    text(frame.left - 8, place(tick) + 4, label(tick), 'text-anchor="end"'),
  ]);
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Confidence against the share that was right: the nearer to the diagonal, the more it can be believed. */
export function reliabilityPlot(title: string, { ece, bins }: ReturnType<typeof calibration>): string {
  const most = Math.max(1, ...bins.map((bin) => bin.rows));
  const filled = bins.flatMap(({ sure, right: share, rows }) =>
    sure === null || share === null ? [] : [{ sure, share, rows }],
  );
  return picture(`${title} (calibration error ${ece === null ? 'unknown' : `${(100 * ece).toFixed(1)} points`})`, [
    ...grid([0, 0.25, 0.5, 0.75, 1], percent, up),
    ...[0, 0.25, 0.5, 0.75, 1].map((tick) => text(right(tick), height - 26, percent(tick), 'text-anchor="middle"')),
    text(right(0.5), height - 8, 'confidence; the size of a dot is its share of the rows', 'text-anchor="middle"'),
    `<path d="M${right(0)} ${up(0)}L${right(1)} ${up(1)}" stroke="${ink}" stroke-dasharray="4 4" fill="none"/>`,
    `<path d="M${filled.map((bin) => `${right(bin.sure)} ${up(bin.share)}`).join('L')}" stroke="${colours[0]}" fill="none"/>`,
    ...filled.map(
      (bin) =>
        `<circle cx="${right(bin.sure)}" cy="${up(bin.share)}" r="${round(3 + 9 * Math.sqrt(bin.rows / most))}" fill="${colours[0]}" fill-opacity="0.7"/>`,
    ),
  ]);
}

export interface Series {
  name: string;
  values: ReadonlyArray<number | null>;
}

/** Accuracy by number of training rows, one line for each classifier. */
export function linePlot(title: string, ticks: readonly string[], series: readonly Series[], from: number): string {
  const at = (i: number) => right((i + 0.5) / ticks.length);
  const level = (value: number) => up((value - from) / (1 - from));
  const steps = [0, 0.25, 0.5, 0.75, 1].map((step) => from + step * (1 - from));
  return picture(title, [
    ...grid(steps, percent, level),
    ...ticks.map((tick, i) => text(at(i), height - 26, tick, 'text-anchor="middle"')),
    ...series.flatMap(({ name, values }, s) => {
      const points = values.flatMap((value, i) => (value === null ? [] : [{ x: at(i), y: level(value) }]));
      const colour = colours[s % colours.length] as string;
      return [
        `<path d="M${points.map(({ x, y }) => `${x} ${y}`).join('L')}" stroke="${colour}" stroke-width="2" fill="none"/>`,
        ...points.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="4" fill="${colour}"/>`),
        `<circle cx="${frame.left + 6 + 130 * s}" cy="${height - 12}" r="4" fill="${colour}"/>`,
        text(frame.left + 16 + 130 * s, height - 8, name),
      ];
    }),
  ]);
}
