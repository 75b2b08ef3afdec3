import type { Line } from './message';

/** What happened in a week, for the people who look after the bot; free of any platform. */
export interface WeeklyReport {
  /** `2026-W48` */
  week: string;
  title: string;
  figures: Line[];
  /** The picture: one bar for each of the last weeks. */
  bars: { title: string; values: { label: string; value: number }[] };
  /** At most three, each from a figure of the report. */
  suggestions: Line[];
  /** Where to read more. */
  closing: Line;
}

const marks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The picture for places that show text alone. */
export function sparkline({ values }: WeeklyReport['bars']): string {
  const most = Math.max(1, ...values.map(({ value }) => value));
  return values.map(({ value }) => marks[Math.round((value / most) * (marks.length - 1))]).join('');
}

/** The picture in words: its title, the line, and the first and last value. */
export function barsText(bars: WeeklyReport['bars']): string {
  const [first, last] = [bars.values[0], bars.values.at(-1)];
  return first && last
    ? `${bars.title}: ${sparkline(bars)} (${first.label}: ${first.value}, ${last.label}: ${last.value})`
    : '';
}
