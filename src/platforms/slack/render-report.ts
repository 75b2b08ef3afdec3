import { barsText, type WeeklyReport } from '../../core/weekly-report';
import { bulleted, header, line, numbered, paragraphs, rich, words } from './blocks';
import { type Page, pageOf } from './pages';

/**
 * The weekly report. Slack shows a picture only from a public address or as a file, which would need another scope; so
 * the picture is a line of text.
 */
export const renderReport = ({ title, figures, bars, suggestions, closing }: WeeklyReport): Page =>
  pageOf([
    header(title),
    ...rich([
      ...bulleted(figures.map((spans) => line(spans))),
      ...paragraphs([words(barsText(bars))]),
      ...paragraphs([words(suggestions.length ? 'Suggestions' : 'Nothing stands out this week.', { bold: true })]),
      ...numbered(suggestions, 1),
      ...paragraphs([line(closing)]),
    ]),
  ]);
