import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checks } from '../../../scripts/doctor/checks';
import { readKnowledge } from '../../../src/knowledge';
import { createLog } from '../../../src/log';
import { type Service, startService } from '../../../src/service';
import { repository } from '../../builders/bot';
import { FakeSlack } from '../../fakes/slack/slack';
import { type Channel, FakeTeams } from '../../fakes/teams/teams';
import { found } from './doctor-findings';

/** The whole doctor beside the whole service, set up as the pages say: with our manifest, in both platforms. */
describe('the doctor beside a running service', () => {
  let slack: FakeSlack;
  let teams: FakeTeams;
  let service: Service;
  let folder: string;
  let channel: Channel;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-service-'));
    const manifest: unknown = parse(readFileSync(join(repository, 'manifests/slack.yaml'), 'utf8'));
    [slack, teams] = await Promise.all([FakeSlack.start({ manifest }), FakeTeams.start()]);
    channel = teams.channel(teams.team('IT', [teams.person('Grace Hopper')]), 'AWS help');
    const file = join(folder, 'organization.yaml');
    writeFileSync(
      file,
      `version: 1
destinations: { aws-admins: { slack: C0HELPDESK1, teams: "${channel.id}" } }
routes: { default: { tiers: [{ to: [aws-admins], claim_within: 15m }] } }
admins: { slack: [C0HELPDESK1], teams: ["${channel.id}"] }
`,
    );
    env = {
      DATA_DIR: folder,
      PORT: '0',
      ORGANIZATION_FILE: file,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      ...teams.settings(),
    };
    service = await startService(readKnowledge(env), createLog('silent'));
    const address = `http://127.0.0.1:${service.port}`;
    Object.assign(env, { PORT: String(service.port), PUBLIC_URL: address });
    slack.requestUrl = `${address}/slack/events`;
    teams.deliversTo(`${address}/api/messages`);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await Promise.all([slack?.stop(), teams?.stop()]);
    rmSync(folder, { recursive: true });
  });

  const looked = checks.filter(({ about }) => about !== 'content');
  const wrong = async () => (await found(env, looked)).filter(({ kind }) => kind !== 'ok').map(({ id }) => id);

  it('finds only that nobody has added the app to the team yet', async () => {
    expect(await wrong()).toEqual(['teams-not-installed']);
  });

  it('finds nothing more once the bot was mentioned there, and agrees with Slack about the address', async () => {
    await teams.mentions(channel.team.members[0]!, channel, 'hello');
    expect(await wrong()).toEqual([]);
    expect(await slack.verifiesUrl()).toBe(true);
    const all = await found(env, looked);
    expect(all.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['Slack events', 'Teams messaging endpoint', 'Teams people and places', 'clock']),
    );
    expect(teams.violations).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('tells a service that runs with another secret', async () => {
    const other = { ...env, SLACK_SIGNING_SECRET: 'f'.repeat(32), TEAMS_APP_PASSWORD: 'another8Q~secret' };
    const ids = (await found(other, looked)).flatMap(({ kind, id }) => (kind === 'ok' || !id ? [] : [id]));
    expect(ids).toEqual(['slack-signing-secret-differs', 'teams-secret-wrong']);
  });
});
