import { startTeams, type TeamsEdge } from '../../builders/teams';
import { weeklyReport } from '../../builders/weekly-report';

jest.setTimeout(30_000);

let edge: TeamsEdge;
beforeAll(async () => {
  edge = await startTeams();
});
afterAll(() => edge.stop());

test('the report is a card in the channel, with Teams’ own chart', async () => {
  const grace = edge.teams.person('Grace');
  const team = edge.teams.team('Admins', [grace], { installed: false });
  await edge.teams.installs(grace, team);
  const channel = edge.teams.channel(team, 'Reports');
  const outgoing = { kind: 'report' as const, destination: `teams:${channel.id}`, report: weeklyReport() };
  expect(await edge.platform.destination.report!(outgoing, 'report/1', 1)).toEqual({ kind: 'sent' });
  const [shown] = edge.teams.shown(channel);
  expect(shown?.summary).toContain('The helpdesk in week 48 of 2026. 12 problems');
  expect(JSON.stringify(shown?.card)).toContain('"type":"Chart.VerticalBar"');
  expect(edge.teams.violations).toEqual([]);
});

test('a channel the bot is not in ends it for good', async () => {
  const outgoing = { kind: 'report' as const, destination: 'teams:nowhere', report: weeklyReport() };
  expect(await edge.platform.destination.report!(outgoing, 'report/2', 1)).toMatchObject({ kind: 'permanent' });
});
