import type { Line } from '../core/message';
import type { WeeklyReport } from '../core/weekly-report';
import { type Figures, scenarioOf } from './figures';
import type { Middle } from './middle';

export interface ReportInput {
  /** Weeks up to the one that is reported, oldest first. */
  weeks: readonly { name: string; from: number; figures: Figures }[];
  timezone: string;
  /** Words that wait to be judged, and in how many groups of alike ones. */
  missed: { words: number; biggest: number };
  titleOf: { scenario: (name: string) => string; step: (name: string) => string };
}

/** Fewer than this say nothing. */
const enough = 5;

/** The report of the last week given. Every sentence is a count; every suggestion names the count it comes from. */
export function reportOf({ weeks, timezone, missed, titleOf }: ReportInput): WeeklyReport {
  const { name, figures } = weeks.at(-1)!;
  const before = weeks.at(-2)?.figures ?? null;
  const label = (from: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: timezone, day: 'numeric', month: 'short' }).format(from);
  const [busiest] = figures.scenarios;
  return {
    week: name,
    title: `The helpdesk in week ${name.slice(6)} of ${name.slice(0, 4)}`,
    figures: [
      [{ text: `${figures.problems} problems`, bold: true }, { text: changeOf(figures.problems, before?.problems) }],
      [
        { text: `${figures.helpedAlone} helped without a person`, bold: true },
        { text: `${shareOf(figures.helpedAlone, figures.problems)}, counted only where they said so` },
      ],
      [
        { text: `${figures.handedOver} handed to people`, bold: true },
        { text: `${timeOf(', taken', figures.toClaim)}${timeOf(', solved', figures.toSolve)}` },
      ],
      [
        { text: `${figures.gaveUp} left`, bold: true },
        { text: ` in the middle of a step, ` },
        { text: `${figures.notUnderstood} messages not understood`, bold: true },
      ],
      ...(busiest
        ? [[{ text: `Asked most: ${titleOf.scenario(busiest.scenario)} (${busiest.entered})` }] satisfies Line]
        : []),
    ],
    bars: {
      title: 'Helped without a person, by week',
      values: weeks.map(({ from, figures: { helpedAlone: value } }) => ({ label: label(from), value })),
    },
    suggestions: suggestionsOf(figures, missed, titleOf),
    closing: [{ text: 'All figures are on the web desk under Figures; the words to judge are under Review.' }],
  };
}

function suggestionsOf(figures: Figures, missed: ReportInput['missed'], titleOf: ReportInput['titleOf']): Line[] {
  const found: { weight: number; say: string }[] = [];
  if (missed.biggest >= 2)
    found.push({
      weight: missed.words,
      say: `${missed.words} messages wait to be judged, ${missed.biggest} of them much alike. Look at them under Review, and give them to an intent.`,
    });
  const left = figures.steps.filter(({ gaveUp }) => gaveUp >= 2)[0];
  if (left)
    found.push({
      weight: left.gaveUp * 2,
      say: `${left.gaveUp} of ${left.reached} left at “${titleOf.step(left.step)}” (${titleOf.scenario(scenarioOf(left.step))}). Read that step as somebody who is locked out: is it too long, or does it ask what they cannot know?`,
    });
  const [useless] = figures.steps
    .filter(({ notHelped, reached }) => notHelped >= enough && notHelped * 2 > reached)
    .sort((a, b) => b.notHelped - a.notHelped);
  if (useless)
    found.push({
      weight: useless.notHelped,
      say: `“${titleOf.step(useless.step)}” did not help ${useless.notHelped} of ${useless.reached}. Put what helps more often before it.`,
    });
  const { toClaim } = figures;
  if (toClaim && toClaim.of >= enough && toClaim.nineTenths > 60 * 60_000)
    found.push({
      weight: toClaim.of,
      say: `One request in ten waited longer than ${spanText(toClaim.nineTenths)} until somebody took it. See who is asked first, and when nobody is there.`,
    });
  const [handed] = [...figures.scenarios].sort((a, b) => b.handedOver - a.handedOver);
  if (handed && handed.handedOver >= enough)
    found.push({
      weight: handed.handedOver,
      say: `${handed.handedOver} requests came from “${titleOf.scenario(handed.scenario)}”, more than from any other. What would have to be true so that people can do it themselves?`,
    });
  return found
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 3)
    .map(({ say }) => [{ text: say }]);
}

function changeOf(now: number, before: number | undefined): string {
  if (before === undefined || before === now) return ', as in the week before';
  return now > before ? `, ${now - before} more than the week before` : `, ${before - now} fewer than the week before`;
}

const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} % of problems)`;

const timeOf = (what: string, middle: Middle | null): string =>
  middle === null ? '' : `${what} within ${spanText(middle.half)} (half of ${middle.of})`;

function spanText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'a minute';
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 6) / 10;
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
