import type { Content } from './core/content';
import type { Reply } from './core/message';
import type { Organization } from './core/organization';
import type { Clock, Store } from './core/ports';
import type { TicketTimes, TurnCount } from './core/turn-facts';
import { outOfScope } from './core/understanding';
import type { WireChange, WirePreview } from './desk/insight/wire';
import { showStep } from './dialogue/wording';
import { csvOf } from './insight/csv';
import { type Figures, figuresOf } from './insight/figures';
import { graphOf } from './insight/graph';
import { scenariosTable, stepsTable, weeksTable } from './insight/tables';
import { lastWeeks, type Week } from './insight/weeks';
import { groupWords } from './learning/alike';
import type { LiveContent } from './live-content';
import type { InsightDesk, Span } from './platforms/web';
import { type Lesson, mostWords, type Teaching } from './teaching';

export interface InsightDeskOptions {
  store: Store;
  clock: Clock;
  organization: Organization;
  live: LiveContent;
  teaching: Teaching;
  /** A reply as each chat platform is sent it. */
  previewAs: (reply: Reply) => { slack: { blocks: object[] }[]; teams: object[] };
}

/** What the pages about the bot show: figures, scenarios, and words to judge. */
export function createInsightDesk(options: InsightDeskOptions): InsightDesk {
  const { store, clock, organization, live, teaching, previewAs } = options;
  const timezone = organization.timezone ?? 'UTC';

  const read = async (span: Span): Promise<Read> => {
    const now = clock.now();
    const weeks = await Promise.all(
      lastWeeks(now, timezone, span.weeks).map(async (week) => ({
        week,
        turns: await store.turnCounts(week.from, week.to, now),
        tickets: await store.ticketTimes(week.from, week.to),
      })),
    );
    return {
      weeks: weeks.map(({ week, turns, tickets }) => ({ ...week, figures: figuresOf(turns, tickets, span.platform) })),
      turns: weeks.flatMap(({ turns }) => turns),
      figures: figuresOf(
        weeks.flatMap(({ turns }) => turns),
        weeks.flatMap(({ tickets }) => tickets),
        span.platform,
      ),
      tickets: weeks.flatMap(({ tickets }) => tickets),
    };
  };

  return {
    async report(span) {
      const { weeks, turns, tickets, figures } = await read(span);
      const { scenarios } = live.content;
      const place = new Map(figures.scenarios.map(({ scenario }, index) => [scenario, index]));
      const byUse = [...scenarios].sort((a, b) => (place.get(a.name) ?? 1e3) - (place.get(b.name) ?? 1e3));
      return {
        timezone,
        platforms: [...new Set([...turns, ...tickets].map(({ platform }) => platform))].sort(),
        scenarios: byUse.map(({ name, wording }) => ({ name, title: wording.title })),
        span: figures,
        weeks,
      };
    },
    async csv(table, span) {
      const { weeks, figures } = await read(span);
      const titleOf = (scenario: string) => live.content.byName.get(scenario)?.wording.title ?? scenario;
      const tables = {
        weeks: () => weeksTable(weeks),
        scenarios: () => scenariosTable(figures, titleOf),
        steps: () => stepsTable(figures),
      };
      return csvOf(tables[table]());
    },
    async graph(name, span) {
      const { content } = live;
      const scenario = content.byName.get(name);
      if (!scenario) return null;
      const { turns } = await read(span);
      const mine = span.platform === null ? turns : turns.filter(({ platform }) => platform === span.platform);
      return graphOf(content, scenario, mine);
    },
    preview: (scenario, step) => previewOf(live.content, scenario, step, previewAs),
    content: () => live.reload.current,
    async reload() {
      await live.reload.now();
      return live.reload.current;
    },
    async review() {
      const words = await store.missedWords({ state: 'new', limit: mostWords });
      return {
        groups: groupWords(live.model, words).map(({ suggested, words: group }) => ({
          suggested,
          words: group.map(({ id, at, platform, reason, step, text }) => ({ id, at, platform, reason, step, text })),
        })),
        intents: [
          ...live.content.scenarios.map(({ intent, wording }) => ({ id: intent, title: wording.title })),
          { id: outOfScope, title: 'None of ours: never answer this' },
        ],
        given: await teaching.waiting(),
        isWritable: teaching.isWritable,
      };
    },
    async judge({ ids, intent, by }) {
      return { judged: await store.judgeWords(ids, { intent, by, at: clock.now() }) };
    },
    change: async () => wireChange(await teaching.lesson()),
    async write() {
      const lesson = await teaching.lesson();
      await teaching.write();
      await live.reload.now();
      return wireChange(lesson);
    },
    patch: () => teaching.patch(),
  };
}

interface Read {
  weeks: (Week & { figures: Figures })[];
  turns: TurnCount[];
  tickets: TicketTimes[];
  figures: Figures;
}

function previewOf(
  content: Content,
  scenario: string,
  step: string,
  previewAs: InsightDeskOptions['previewAs'],
): WirePreview | null {
  if (!content.byName.get(scenario)?.steps[step]) return null;
  const position = { scenario, step };
  const { pages } = showStep(content, position, 0, {});
  const shown = Array.from({ length: pages }, (_, page) => showStep(content, position, page, {}).reply);
  return { step: `${scenario}/${step}`, pages: shown.map(previewAs) };
}

const wireChange = ({ changes, before, after, worse }: Lesson): WireChange => ({
  files: changes.map(({ path, added }) => ({ path: `intents/${path}`, added })),
  before,
  after,
  worse,
});
