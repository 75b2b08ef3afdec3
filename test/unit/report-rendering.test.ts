import { reportCard } from '../../src/cards/report-card';
import { renderReport } from '../../src/platforms/slack/render-report';
import { weeklyReport } from '../builders/weekly-report';
import { messageBlockFaults, textFaultsIn } from '../fakes/slack/block-kit';
import { cardFaults } from '../fakes/teams/card-rules';

const report = weeklyReport();

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
  expect(cardFaults(card, { isMember: () => false })).toEqual([]);
  for (const [spoilt, fault] of [
    [{ ...chart, fallback: undefined }, /without a fallback/],
    [{ ...chart, data: [{ x: 'a', y: 'many' }] }, /needs x and a number y/],
  ] as const) {
    const body = card.body.map((element) => (Object.is(element, chart) ? spoilt : element));
    expect(cardFaults({ ...card, body }, { isMember: () => false }).join()).toMatch(fault);
  }
  expect(JSON.stringify(chart.fallback)).toContain('▅█');
});

test('a week in which nothing stands out says so', () => {
  const quiet = { ...report, suggestions: [] };
  expect(messageBlockFaults(renderReport(quiet).blocks)).toEqual([]);
  expect(JSON.stringify(reportCard(quiet))).toContain('Nothing stands out this week.');
});
