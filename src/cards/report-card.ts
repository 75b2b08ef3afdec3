import { plain } from '../core/message';
import { barsText, type WeeklyReport } from '../core/weekly-report';
import { block, blocks, type Card, card, type Element, numbered, run } from './elements';
import { BUDGETS, MAX_LABEL } from './limits';

/** Teams' own chart; a client that does not know it shows the same as a line of text. */
interface BarChart {
  type: 'Chart.VerticalBar';
  title: string;
  data: { x: string; y: number }[];
  fallback: Element;
}

/** The weekly report as a card. */
export function reportCard({ title, figures, bars, suggestions, closing }: WeeklyReport): Card {
  const budget = BUDGETS[0];
  const chart: BarChart = {
    type: 'Chart.VerticalBar',
    title: bars.title,
    data: bars.values.map(({ label, value }) => ({ x: label, y: value })),
    fallback: block([run(barsText(bars), MAX_LABEL * 4)]),
  };
  const heading = (text: string, size: 'Medium' | 'Large') =>
    block([run(text, MAX_LABEL, { weight: 'Bolder', size })], { spacing: 'Medium' });
  return card(
    title,
    [
      heading(title, 'Large'),
      ...figures.flatMap((line) => blocks(line, budget, { spacing: 'Small' })),
      chart as unknown as Element,
      heading(suggestions.length ? 'Suggestions' : 'Nothing stands out this week.', 'Medium'),
      ...numbered(suggestions, 1, budget),
      ...blocks(closing, budget, { spacing: 'Medium' }),
    ],
    [],
  );
}

/** What notifications and clients without cards show. */
export const reportSummary = ({ title, figures }: WeeklyReport): string =>
  [title, ...figures.slice(0, 3).map(plain)].join('. ');
