import type { Content } from './core/content';
import { plain } from './core/message';
import type { Organization } from './core/organization';
import type { Clock, Store } from './core/ports';
import { isAsk } from './core/scenario';
import { barsText, type WeeklyReport } from './core/weekly-report';
import { figuresOf, scenarioOf } from './insight/figures';
import { reportOf } from './insight/report';
import { timeInWeek, type Week, weekOf } from './insight/weeks';
import { groupWords } from './learning/alike';
import type { Model } from './nlu';

export interface ReportSources {
  store: Store;
  organization: Organization;
  content: () => Content;
  model: () => Model;
}

/** So many weeks are in the picture. */
const shownWeeks = 8;
const mostWords = 500;
/** Who was not running at the hour of the report still sends it for so long. */
const lateMs = 2 * 24 * 60 * 60 * 1000;
const lookMs = 60_000;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The report of the last whole week before a moment; null where nobody wrote to the bot in that week. */
export async function lastWeekReport(sources: ReportSources, now: number): Promise<WeeklyReport | null> {
  const { store, organization, content, model } = sources;
  const timezone = organization.timezone ?? 'UTC';
  const weeks = await Promise.all(
    Array.from({ length: shownWeeks }, async (_, index) => {
      const week = weekOf(now, timezone, index - shownWeeks);
      const turns = await store.turnCounts(week.from, week.to, now);
      const figures = figuresOf(turns, await store.ticketTimes(week.from, week.to), null);
      return { ...week, turns: turns.length, figures };
    }),
  );
  if (weeks.at(-1)!.turns === 0) return null;
  const words = await store.missedWords({ state: 'new', limit: mostWords });
  const [biggest] = groupWords(model(), words);
  return reportOf({
    weeks,
    timezone,
    missed: { words: words.length, biggest: biggest?.words.length ?? 0 },
    titleOf: titlesOf(content()),
  });
}

function titlesOf(content: Content) {
  const scenario = (name: string) => content.byName.get(name)?.wording.title ?? name;
  return {
    scenario,
    step: (full: string) => {
      const name = scenarioOf(full);
      const found = content.byName.get(name);
      const step = found?.steps[full.slice(name.length + 1)];
      if (!found || !step) return full;
      const title = isAsk(step)
        ? (found.wording.questions[step.ask] ?? content.phrases.questions[step.ask])?.ask
        : found.wording.steps[full.slice(name.length + 1)]?.title;
      return title?.replaceAll('**', '').trim() ?? full;
    },
  };
}

export function reportText({ title, figures, bars, suggestions, closing }: WeeklyReport): string {
  return [
    title,
    ...figures.map((line) => `  ${plain(line)}`),
    `  ${barsText(bars)}`,
    suggestions.length ? 'Suggestions' : 'Nothing stands out this week.',
    ...suggestions.map((line, index) => `  ${index + 1}. ${plain(line)}`),
    plain(closing),
  ].join('\n');
}

/** Where the report goes, as `<platform>:<its id there>`: the places named in `report`, else those asked first by default. */
export function reportPlaces(
  { report, routes, destinations }: Organization,
  connected: { has(platform: string): boolean },
): string[] {
  const names = report?.to ?? routes?.default?.tiers[0]?.to ?? [];
  const places = names.flatMap((name) =>
    (['slack', 'teams'] as const).flatMap((platform) => {
      const id = destinations?.[name]?.[platform];
      return connected.has(platform) && id ? [`${platform}:${id}`] : [];
    }),
  );
  return [...new Set(places)];
}

/** When the week's report is due. */
export function dueAt({ report, timezone = 'UTC' }: Organization, week: Week): number {
  const [hours = 9, minutes = 0] = (report?.at ?? '09:00').split(':').map(Number);
  return timeInWeek(week, days.indexOf(report?.day ?? 'monday'), hours, minutes, timezone);
}

export interface ReportSenderOptions extends ReportSources {
  clock: Clock;
  connected: { has(platform: string): boolean };
  onQueued: () => void;
  onFailed: (error: unknown) => void;
}

/** Puts the report into the outbox once a week. Any number of processes may do so: the week is its key. */
export class ReportSender {
  private timer: NodeJS.Timeout | null = null;
  private done: string | null = null;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: ReportSenderOptions) {}

  start(): void {
    if (reportPlaces(this.options.organization, this.options.connected).length === 0) return;
    const look = () => {
      this.looking = this.look().then(
        () => {},
        (error: unknown) => this.options.onFailed(error),
      );
    };
    this.timer = setInterval(look, lookMs);
    look();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.looking;
  }

  /** Queues what is due now; true when this call did so, and nobody before. */
  async look(): Promise<boolean> {
    const { store, organization, clock, connected } = this.options;
    const now = clock.now();
    const week = weekOf(now, organization.timezone ?? 'UTC');
    const due = dueAt(organization, week);
    if (this.done === week.name || now < due || now >= due + lateMs) return false;
    const report = await lastWeekReport(this.options, due);
    let isNew = false;
    if (report) {
      for (const destination of reportPlaces(organization, connected))
        isNew = (await store.queueReport({ kind: 'report', destination, report }, now)) || isNew;
    }
    this.done = week.name;
    if (isNew) this.options.onQueued();
    return isNew;
  }
}
