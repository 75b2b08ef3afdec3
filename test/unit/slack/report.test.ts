import { weeklyReport } from '../../builders/weekly-report';
import { SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const outgoing = (destination: string) => ({ kind: 'report' as const, destination, report: weeklyReport() });
const posted = () => edge.slack.posted(edge.slack.channels.admins, { by: 'bot' });

test('the report is one message in the channel, and a second try finds it there', async () => {
  const { destination } = edge.platform;
  expect(await destination.report!(outgoing('slack:C0HELPDESK1'), 'report/1', 1)).toEqual({ kind: 'sent' });
  expect(await destination.report!(outgoing('slack:C0HELPDESK1'), 'report/1', 2)).toEqual({ kind: 'sent' });
  expect(posted()).toHaveLength(1);
  const read = edge.slack.reads(posted()[0]!);
  expect(read).toContain('The helpdesk in week 48 of 2026');
  expect(read).toContain('Helped without a person, by week: ▅█ (16 Nov: 2, 23 Nov: 4)');
});

test('a channel that is gone ends it for good', async () => {
  expect(await edge.platform.destination.report!(outgoing('slack:C0GONE00000'), 'report/2', 1)).toMatchObject({
    kind: 'permanent',
  });
});
