import { byId, el } from '../dom.js';
import { Picture } from './chart.js';
import { GraphView } from './graph-view.js';
import { ask, attempt, startPage } from './page.js';
import { dateText, shareText, spanText, timeStep } from './said.js';
import { type Column, folded, tableOf } from './table.js';
import type { WireFigures, WireGraph, WireNode, WireReport, WireReview } from './wire.js';

const platform = byId<HTMLSelectElement>('platform');
const weeks = byId<HTMLSelectElement>('weeks');
const scenario = byId<HTMLSelectElement>('scenario');
const platformNames: Record<string, string> = { web: 'Web desk', slack: 'Slack', teams: 'Teams', console: 'Terminal' };
const shownScenarios = 10;

let pictures: Picture[] = [];
const flow = new GraphView(byId('flow-picture'), null);

startPage(() => {
  for (const picture of pictures) picture.draw();
});

const query = () => `weeks=${weeks.value}${platform.value ? `&platform=${platform.value}` : ''}`;

async function refresh(): Promise<void> {
  const report = await ask<WireReport>(`figures?${query()}`);
  const wanted = scenario.value || report.scenarios[0]?.name || '';
  fill(platform, [
    ['', 'All'],
    ...report.platforms.map((name): [string, string] => [name, platformNames[name] ?? name]),
  ]);
  fill(
    scenario,
    report.scenarios.map(({ name, title }) => [name, title]),
  );
  scenario.value = wanted;
  for (const picture of pictures) picture.remove();
  pictures = [];
  showTiles(report.span);
  showWeekly(report);
  showTimes(report);
  showBusiest(report);
  for (const picture of pictures) picture.draw();
  showMissed(await ask<WireReview>('review'));
  await showFlow();
}

function fill(select: HTMLSelectElement, options: readonly (readonly [value: string, text: string])[]): void {
  const { value } = select;
  select.replaceChildren(...options.map(([one, text]) => el('option', { value: one }, text)));
  if (options.some(([one]) => one === value)) select.value = value;
}

function showTiles(span: WireFigures): void {
  const tile = (name: string, value: string, note: string, look = '') =>
    el(
      'div',
      { class: `tile ${look}` },
      el('dt', {}, name),
      el('dd', {}, el('strong', {}, value), el('span', {}, note)),
    );
  const time = (middle: WireFigures['toClaim']) => (middle ? spanText(middle.half) : '–');
  const timeNote = (middle: WireFigures['toClaim']) =>
    middle ? `half of ${middle.of}; nine in ten within ${spanText(middle.nineTenths)}` : 'no request yet';
  byId('tiles').replaceChildren(
    tile('Problems', span.problems.toLocaleString('en'), 'that people began to tell about'),
    tile(
      'Helped without a person',
      span.helpedAlone.toLocaleString('en'),
      `${shareText(span.helpedAlone, span.problems)} of problems; only where the person said so`,
      'good',
    ),
    tile(
      'Handed to people',
      span.handedOver.toLocaleString('en'),
      `${shareText(span.handedOver, span.problems)} of problems`,
    ),
    tile('Gave up', span.gaveUp.toLocaleString('en'), 'left at a step, and silent for a day', span.gaveUp ? 'bad' : ''),
    tile('Not understood', span.notUnderstood.toLocaleString('en'), 'messages'),
    tile('Until taken', time(span.toClaim), timeNote(span.toClaim)),
    tile('Until solved', time(span.toSolve), timeNote(span.toSolve)),
  );
}

type WeekRow = WireReport['weeks'][number];

/** Every panel is made alike: heading, picture, table, file. */
function panel<Row>(
  id: string,
  title: string,
  note: string,
  picture: Picture,
  table: { columns: readonly Column<Row>[]; rows: readonly Row[]; csv: string },
): void {
  pictures.push(picture);
  const file = el('a', {
    class: 'plain-button',
    href: `/api/insight/figures.csv?table=${table.csv}&${query()}`,
    download: '',
  });
  file.append('CSV', el('span', { class: 'hidden' }, ` of: ${title}`));
  byId(id).replaceChildren(
    el('div', { class: 'panel-head' }, el('h2', { id: `${id}-head` }, title), file),
    el('p', { class: 'panel-note' }, note),
    picture.element,
    folded('As a table', tableOf(title, table.columns, table.rows)),
  );
}

function showWeekly({ weeks: rows, timezone }: WireReport): void {
  const labels = rows.map(({ from }) => dateText(from, timezone));
  const series = [
    { label: 'Helped without a person', colour: 'accent' as const, of: (f: WireFigures) => f.helpedAlone },
    { label: 'Handed to people', colour: 'admin' as const, of: (f: WireFigures) => f.handedOver },
    { label: 'Gave up', colour: 'bad' as const, of: (f: WireFigures) => f.gaveUp },
  ];
  const columns: Column<WeekRow>[] = [
    { head: 'Week', cell: ({ name }) => name },
    { head: 'Problems', cell: ({ figures }) => figures.problems, isNumber: true },
    ...series.map(({ label, of }) => ({ head: label, cell: ({ figures }: WeekRow) => of(figures), isNumber: true })),
    { head: 'Not understood', cell: ({ figures }) => figures.notUnderstood, isNumber: true },
  ];
  const picture = new Picture({
    kind: 'bars',
    labels,
    series: series.map(({ of, ...rest }) => ({ ...rest, values: rows.map(({ figures }) => of(figures)) })),
    description: 'How problems ended, week by week. The table below has the numbers.',
  });
  panel('weekly', 'How problems ended', `By week, each named by its Monday (${timezone}).`, picture, {
    columns,
    rows,
    csv: 'weeks',
  });
}

function showTimes({ weeks: rows, timezone }: WireReport): void {
  const half = (pick: (figures: WireFigures) => WireFigures['toClaim']) =>
    rows.map(({ figures }) => pick(figures)?.half ?? null);
  const cell =
    (pick: (figures: WireFigures) => WireFigures['toClaim'], share: 'half' | 'nineTenths') => (row: WeekRow) => {
      const middle = pick(row.figures);
      return middle ? spanText(middle[share]) : '–';
    };
  const picture = new Picture({
    kind: 'lines',
    labels: rows.map(({ from }) => dateText(from, timezone)),
    series: [
      { label: 'Until taken', colour: 'admin', values: half(({ toClaim }) => toClaim) },
      { label: 'Until solved', colour: 'accent', values: half(({ toSolve }) => toSolve), isDashed: true },
    ],
    valueText: spanText,
    step: timeStep(
      Math.max(0, ...rows.flatMap(({ figures }) => [figures.toClaim?.half ?? 0, figures.toSolve?.half ?? 0])),
    ),
    description:
      'Time until a request was taken and until it was solved, week by week. The table below has the numbers.',
  });
  panel('times', 'How long requests wait', 'The middle one of each week’s requests: half were faster.', picture, {
    columns: [
      { head: 'Week', cell: ({ name }: WeekRow) => name },
      { head: 'Taken, half within', cell: cell(({ toClaim }) => toClaim, 'half'), isNumber: true },
      { head: 'nine in ten', cell: cell(({ toClaim }) => toClaim, 'nineTenths'), isNumber: true },
      { head: 'Solved, half within', cell: cell(({ toSolve }) => toSolve, 'half'), isNumber: true },
      { head: 'nine in ten', cell: cell(({ toSolve }) => toSolve, 'nineTenths'), isNumber: true },
    ],
    rows,
    csv: 'weeks',
  });
}

function showBusiest({ span, scenarios }: WireReport): void {
  const titles = new Map(scenarios.map(({ name, title }) => [name, title]));
  const titleOf = (name: string) => titles.get(name) ?? name;
  const rows = span.scenarios;
  const shown = rows.slice(0, shownScenarios);
  const picture = new Picture({
    kind: 'lying-bars',
    labels: shown.map((row) => shortened(titleOf(row.scenario))),
    series: [
      { label: 'Helped without a person', colour: 'accent', values: shown.map((row) => row.helpedAlone) },
      { label: 'Handed to people', colour: 'admin', values: shown.map((row) => row.handedOver) },
      { label: 'Gave up', colour: 'bad', values: shown.map((row) => row.gaveUp) },
      {
        label: 'Other or under way',
        colour: 'line-strong',
        values: shown.map((row) => Math.max(0, row.entered - row.helpedAlone - row.handedOver - row.gaveUp)),
      },
    ],
    description: 'The busiest scenarios and how they ended. The table below has the numbers.',
  });
  panel(
    'busiest',
    'Busiest scenarios',
    'A problem that leads from one scenario into another counts in both.',
    picture,
    {
      columns: [
        { head: 'Scenario', cell: (row) => titleOf(row.scenario) },
        { head: 'Came in', cell: (row) => row.entered, isNumber: true },
        { head: 'Helped alone', cell: (row) => row.helpedAlone, isNumber: true },
        { head: 'Handed over', cell: (row) => row.handedOver, isNumber: true },
        { head: 'Gave up', cell: (row) => row.gaveUp, isNumber: true },
      ],
      rows,
      csv: 'scenarios',
    },
  );
}

/** On a phone names would push the bars off the picture. */
function shortened(text: string): string {
  const most = window.innerWidth < 700 ? 20 : 30;
  return text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text;
}

const shownGroups = 6;

function showMissed({ groups }: WireReview): void {
  const open = groups.reduce((sum, { words }) => sum + words.length, 0);
  const link = el('a', { class: 'plain-button', href: '/insight/review' }, 'Review');
  byId('missed').replaceChildren(
    el('div', { class: 'panel-head' }, el('h2', { id: 'missed-head' }, 'What did not work'), link),
    el(
      'p',
      { class: 'panel-note' },
      open === 0
        ? 'No words wait to be judged.'
        : `${open === 1 ? 'One message waits' : `${open} messages wait`} to be judged; these are the biggest groups of alike ones.`,
    ),
    tableOf(
      'Words that were not understood, or did not lead to help',
      [
        { head: 'For example', cell: ({ words }) => words[0]?.text ?? '' },
        { head: 'Alike', cell: ({ words }) => words.length, isNumber: true },
      ],
      groups.slice(0, shownGroups),
    ),
  );
}

async function showFlow(): Promise<void> {
  if (!scenario.value) return;
  const graph = await ask<WireGraph>(`scenarios/${scenario.value}?${query()}`);
  flow.show(graph, ({ kind, figures }) => ({
    text:
      kind === 'elsewhere'
        ? 'goes on there'
        : `${figures.reached} here${figures.gaveUp ? `, ${figures.gaveUp} gave up` : ''}`,
    share: figures.reached ? figures.gaveUp / figures.reached : 0,
  }));
  const here = graph.nodes.filter(({ kind }) => kind !== 'elsewhere');
  const columns: Column<WireNode>[] = [
    { head: 'Step', cell: ({ title }) => title },
    { head: 'Came here', cell: ({ figures }) => figures.reached, isNumber: true },
    { head: 'Solved', cell: ({ figures }) => figures.solved, isNumber: true },
    { head: 'Did not help', cell: ({ figures }) => figures.notHelped, isNumber: true },
    { head: 'Handed over', cell: ({ figures }) => figures.handedOver, isNumber: true },
    { head: 'Gave up', cell: ({ figures }) => figures.gaveUp, isNumber: true },
  ];
  const file = el('a', {
    class: 'plain-button',
    href: `/api/insight/figures.csv?table=steps&${query()}`,
    download: '',
  });
  file.append('CSV', el('span', { class: 'hidden' }, ' of the steps of all scenarios'));
  byId('flow-table').replaceChildren(
    el('div', { class: 'table-line' }, folded('As a table', tableOf(`Steps of ${graph.title}`, columns, here)), file),
  );
}

for (const select of [platform, weeks]) select.addEventListener('change', () => void attempt(refresh));
scenario.addEventListener('change', () => void attempt(showFlow));
void attempt(refresh);
