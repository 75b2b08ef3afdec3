import { CardView } from '../card-view.js';
import { byId, el } from '../dom.js';
import { GraphView } from './graph-view.js';
import { ask, attempt, startPage } from './page.js';
import { momentText } from './said.js';
import { slackMessage } from './slack-view.js';
import { folded, tableOf } from './table.js';
import type { WireContent, WireFault, WireGraph, WirePreview, WireReport } from './wire.js';

const scenario = byId<HTMLSelectElement>('scenario');
const weeks = byId<HTMLSelectElement>('weeks');
const reload = byId<HTMLButtonElement>('reload');
const lookAgainMs = 2_000;

let graph: WireGraph | null = null;
/** What is on show belongs to this content; a newer one is drawn anew. */
let since = 0;

const view = new GraphView(byId('graph'), (step) => void attempt(() => showStep(step)));
startPage();

async function start(): Promise<void> {
  const { scenarios } = await ask<WireReport>(`figures?weeks=${weeks.value}`);
  const wanted = scenario.value || decodeURIComponent(location.hash.slice(1)) || scenarios[0]?.name || '';
  const byTitle = [...scenarios].sort((a, b) => a.title.localeCompare(b.title));
  scenario.replaceChildren(...byTitle.map(({ name, title }) => el('option', { value: name }, title)));
  scenario.value = wanted;
  if (scenario.selectedIndex < 0) scenario.selectedIndex = 0;
  await showScenario();
}

async function showScenario(): Promise<void> {
  const shown = await ask<WireGraph>(`scenarios/${scenario.value}?weeks=${weeks.value}`);
  graph = shown;
  history.replaceState(null, '', `#${shown.scenario}`);
  byId('graph-head').textContent = shown.title;
  view.show(shown, ({ kind, figures }) => ({
    text: kind === 'elsewhere' ? 'goes on there' : figures.reached ? `${figures.reached} came here` : 'nobody yet',
    share: 0,
  }));
  const titles = new Map(shown.nodes.map(({ id, title }) => [id, title]));
  byId('ways').replaceChildren(
    folded(
      'As a table',
      tableOf(
        `Ways through ${shown.title}`,
        [
          { head: 'From', cell: ({ from }) => titles.get(from) ?? from },
          { head: 'Answer or button', cell: ({ label }) => label },
          { head: 'To', cell: ({ to }) => titles.get(to) ?? to },
          { head: 'Walked', cell: ({ walked }) => walked, isNumber: true },
        ],
        shown.edges,
      ),
    ),
  );
  await showStep(shown.start);
}

async function showStep(step: string): Promise<void> {
  if (!graph) return;
  view.choose(step);
  const name = step.slice(graph.scenario.length + 1);
  const preview = await ask<WirePreview>(`scenarios/${graph.scenario}/preview?step=${encodeURIComponent(name)}`);
  const node = graph.nodes.find(({ id }) => id === step);
  byId('preview-head').textContent = 'What people get';
  byId('pages').replaceChildren(
    el(
      'p',
      { class: 'panel-note' },
      `${node?.kind === 'question' ? 'The question' : 'The step'} `,
      el('code', {}, step),
      `, drawn by the code that sends it. Company facts are left out.`,
    ),
    ...preview.pages.map(({ slack, teams }, index) =>
      el(
        'div',
        { class: 'preview-pair' },
        el(
          'section',
          { 'aria-label': `Slack, page ${index + 1}` },
          el('h3', {}, preview.pages.length > 1 ? `Slack, page ${index + 1} of ${preview.pages.length}` : 'Slack'),
          ...slack.map(({ blocks }) => slackMessage(blocks)),
        ),
        el(
          'section',
          { 'aria-label': `Teams, page ${index + 1}` },
          el('h3', {}, preview.pages.length > 1 ? `Teams, page ${index + 1} of ${preview.pages.length}` : 'Teams'),
          ...teams.map((card) => el('div', { class: 'preview-card' }, new CardView(card, () => {}).element)),
        ),
      ),
    ),
  );
}

function showState({ since: from, isLoading, refused }: WireContent): void {
  reload.disabled = isLoading;
  const line = isLoading ? 'A change is being read, checked and trained for …' : `In use since ${momentText(from)}.`;
  const place = (fault: WireFault) => `${fault.file}${fault.line ? `:${fault.line}` : ''}`;
  byId('state').replaceChildren(
    el('p', { class: 'panel-note' }, line),
    ...(refused
      ? [
          el(
            'div',
            { class: 'problem' },
            el(
              'p',
              {},
              el(
                'strong',
                {},
                `The change of ${momentText(refused.at)} was not taken over; what was there before is still in use.`,
              ),
            ),
            el(
              'ul',
              {},
              ...refused.faults.map((fault) =>
                el('li', {}, el('code', {}, place(fault)), ` ${fault.problem}`, el('br'), `→ ${fault.remedy}`),
              ),
            ),
          ),
        ]
      : []),
  );
}

async function lookAtContent(): Promise<void> {
  const state = await ask<WireContent>('content');
  showState(state);
  if (state.since === since) return;
  const isFirst = since === 0;
  since = state.since;
  if (!isFirst) await start();
}

scenario.addEventListener('change', () => void attempt(showScenario));
weeks.addEventListener('change', () => void attempt(showScenario));
reload.addEventListener('click', () => {
  reload.disabled = true;
  void attempt(async () => showState(await ask<WireContent>('content/reload', {})));
});
window.setInterval(() => void attempt(lookAtContent), lookAgainMs);
void attempt(async () => {
  await lookAtContent();
  await start();
});
