import { reportCard } from '../../src/cards/report-card';
import type { WeeklyReport } from '../../src/core/weekly-report';
import { renderReport } from '../../src/platforms/slack/render-report';
import { messageBlockFaults, textFaultsIn } from '../fakes/slack/block-kit';
import { libraryFaults, schemaFaults } from '../fakes/teams/card-schema';

const report: WeeklyReport = {
  week: '2026-W48',
  title: 'The helpdesk in week 48 of 2026',
  figures: [[{ text: '12 problems', bold: true }, { text: ', <!channel> as in the week before' }]],
  bars: {
    title: 'Helped without a person, by week',
    values: [
      { label: '16 Nov', value: 2 },
      { label: '23 Nov', value: 4 },
    ],
  },
  suggestions: [[{ text: 'Look at “[a](http://evil.example)”.' }]],
  closing: [{ text: 'More on the desk.' }],
};

test('Slack takes it, with the picture as a line of text, and nothing in it becomes a mention', () => {
  const { blocks, text } = renderReport(report);
  expect(messageBlockFaults(blocks)).toEqual([]);
  expect(textFaultsIn(blocks, new Set(), '')).toEqual([]);
  expect(JSON.stringify(blocks)).toContain('Helped without a person, by week: ▅█ (16 Nov: 2, 23 Nov: 4)');
  expect(text).toContain('The helpdesk in week 48');
});

test('Teams gets a chart, and a client that knows none the same line', () => {
  const card = reportCard(report);
  const chart = card.body.find(({ type }) => (type as string) === 'Chart.VerticalBar') as unknown as {
    data: object[];
    fallback: object;
  };
  expect(chart.data).toEqual([
    { x: '16 Nov', y: 2 },
    { x: '23 Nov', y: 4 },
  ]);
  // The public schema knows no charts; a client that does not either shows the fallback in its place.
  const elsewhere = {
    ...card,
    body: card.body.map((element) => (Object.is(element, chart) ? chart.fallback : element)),
  };
  expect(schemaFaults(elsewhere)).toEqual([]);
  expect(libraryFaults(elsewhere)).toEqual([]);
  expect(JSON.stringify(chart.fallback)).toContain('▅█');
});

test('a week in which nothing stands out says so', () => {
  const quiet = { ...report, suggestions: [] };
  expect(messageBlockFaults(renderReport(quiet).blocks)).toEqual([]);
  expect(JSON.stringify(reportCard(quiet))).toContain('Nothing stands out this week.');
});
