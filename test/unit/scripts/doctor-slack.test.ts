import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExpressReceiver, LogLevel } from '@slack/bolt';
import { slackEvents } from '../../../scripts/doctor/slack-events';
import { slackPlaces } from '../../../scripts/doctor/slack-places';
import { slackSocket } from '../../../scripts/doctor/slack-socket';
import { slackToken } from '../../../scripts/doctor/slack-token';
import { neededScopes } from '../../../src/platforms/slack/scopes';
import { FakeSlack } from '../../fakes/slack/slack';
import {
  elsewhere,
  found,
  hasty,
  ids,
  nobody,
  ourNotFound,
  saying,
  serve,
  stopServing,
  textOf,
} from './doctor-findings';

describe('what the doctor finds in Slack', () => {
  let slack: FakeSlack;
  let folder: string;
  beforeEach(async () => {
    slack = await FakeSlack.start({ scopes: [...neededScopes] });
    folder = mkdtempSync(join(tmpdir(), 'doctor-slack-'));
  });
  afterEach(async () => {
    stopServing();
    await slack.stop();
    rmSync(folder, { recursive: true });
    // The doctor calls Slack as strictly as the bot has to.
    expect(slack.violations).toEqual([]);
  });

  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    DATA_DIR: folder,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    ...more,
  });

  describe('about the bot token', () => {
    const token = (more: NodeJS.ProcessEnv = {}) => ids(env(more), [slackToken]);

    it('says who it belongs to when all is well', async () => {
      expect(await found(env(), [slackToken])).toMatchObject([
        { kind: 'ok', text: expect.stringContaining('Example Corp') },
      ]);
      expect(await ids({}, [slackToken])).toEqual([]);
    });

    it.each([
      ['invalid_auth', 'slack-token-refused'],
      ['token_revoked', 'slack-token-revoked'],
      ['token_expired', 'slack-token-revoked'],
      ['account_inactive', 'slack-account-inactive'],
      ['team_access_not_granted', 'slack-refused'],
    ])('tells %s apart', async (error, id) => {
      slack.revoke(slack.botToken, error);
      expect(await token()).toEqual([id]);
      expect(await textOf(id, env(), [slackToken])).toContain(error);
    });

    it('does not know a token of another app', async () => {
      expect(await token({ SLACK_BOT_TOKEN: 'xoxb-9-9-someOtherToken' })).toEqual(['slack-token-refused']);
    });

    it('names each scope that is missing', async () => {
      slack.scopes.delete('usergroups:read');
      slack.scopes.delete('im:write');
      expect(await textOf('slack-scope-missing', env(), [slackToken])).toMatch(/: im:write, usergroups:read\.$/);
    });

    it('tells whether Slack, nobody or somebody else answers', async () => {
      slack.fail('auth.test', { status: 503 });
      expect(await token()).toEqual(['slack-ailing']);
      expect(await token({ SLACK_API_URL: `${await nobody()}/api/` })).toEqual(['slack-unreachable']);
      const proxy = await serve(saying(403, '<html>Blocked by policy</html>'));
      expect(await token({ SLACK_API_URL: `${proxy}/api` })).toEqual(['slack-not-slack']);
    });

    it('does not wait for ever', async () => {
      const stuck = slack.fail('auth.test', { hang: 'before' });
      expect(await textOf('slack-unreachable', env(), [slackToken], hasty())).toContain('no answer');
      stuck.release();
    });

    it('does not take a user for a bot', async () => {
      const api = await serve(saying(200, { ok: true, team: 'Example Corp', user: 'ada' }));
      expect(await token({ SLACK_API_URL: `${api}/api/` })).toEqual(['slack-not-a-bot']);
    });
  });

  describe('about Socket Mode', () => {
    const socket = () => ids(env({ SLACK_APP_TOKEN: slack.appToken }), [slackSocket]);

    it('sees that Slack offers a connection, without opening one', async () => {
      expect(await socket()).toEqual(['ok']);
      expect(slack.sockets.count).toBe(0);
      expect(await ids(env(), [slackSocket])).toEqual([]);
    });

    it.each([
      ['missing_scope', 'slack-app-token-scope'],
      ['invalid_auth', 'slack-app-token-refused'],
      ['forbidden_team', 'slack-socket-refused'],
    ])('tells %s apart', async (error, id) => {
      slack.fail('apps.connections.open', { error });
      expect(await socket()).toEqual([id]);
    });

    it('says nothing before the bot token works', async () => {
      slack.revoke(slack.botToken);
      expect(await socket()).toEqual([]);
    });
  });

  describe('about the way of events', () => {
    const events = (url: string) => ids(env({ PUBLIC_URL: url }), [slackEvents]);

    /** Real bolt, which verifies signatures and answers challenges. */
    async function bolt(signingSecret: string): Promise<string> {
      const { app } = new ExpressReceiver({ signingSecret, logLevel: LogLevel.ERROR });
      return serve(app);
    }

    it('gets its challenge back from the real receiver', async () => {
      const url = await bolt(slack.signingSecret);
      expect(await events(url)).toEqual(['ok']);
      expect(await events(`${url}/`)).toEqual(['ok']);
    });

    it('finds a service that runs with another signing secret', async () => {
      expect(await events(await bolt('0'.repeat(32)))).toEqual(['slack-signing-secret-differs']);
    });

    it('says nothing of Socket Mode, or without a public address', async () => {
      expect(await ids(env({ PUBLIC_URL: await nobody(), SLACK_APP_TOKEN: slack.appToken }), [slackEvents])).toEqual(
        [],
      );
      expect(await ids(env(), [slackEvents])).toEqual([]);
    });

    it('tells where the way ends', async () => {
      expect(await events(await nobody())).toEqual(['slack-events-unreachable']);
      expect(await events(await serve(saying(301, '', { location: 'https://sso.example.com/' })))).toEqual([
        'slack-events-redirected',
      ]);
      expect(await events(await serve(ourNotFound))).toEqual(['slack-events-not-served']);
      expect(await events(await serve(saying(404, '<html>nginx</html>')))).toEqual(['slack-events-elsewhere']);
      expect(await events(await serve(saying(200, '<html>Welcome</html>')))).toEqual(['slack-events-elsewhere']);
      expect(await events(await serve(saying(403, { message: 'Forbidden' })))).toEqual(['slack-events-elsewhere']);
      expect(await events(await serve(saying(502, '<html>Bad gateway</html>')))).toEqual(['slack-events-failing']);
      expect(await events(await serve(saying(200, { fine: true })))).toEqual(['slack-events-no-challenge']);
    });

    it('leaves an address alone that is wrong by itself', async () => {
      const real = env({ PUBLIC_URL: `https://${elsewhere}/slack/events` });
      expect(await ids(real, [slackEvents])).toEqual([]);
    });
  });

  describe('about people and places', () => {
    const organization = (yaml: string): NodeJS.ProcessEnv => {
      const file = join(folder, 'organization.yaml');
      writeFileSync(file, `version: 1\n${yaml}`);
      return env({ ORGANIZATION_FILE: file });
    };
    const places = (yaml: string) => ids(organization(yaml), [slackPlaces]);
    const destination = (id: string) => places(`destinations: { admins: { slack: "${id}" } }\n`);

    it('is content when everybody is there', async () => {
      const group = slack.addUserGroup({ handle: 'aws-admins', users: [slack.people.grace] });
      expect(
        await places(
          `destinations: { admins: { slack: C0HELPDESK1 }, lead: { slack: U0BOSS0001 } }\nadmins: { slack: [C0RANDOM001, U0GRACE001, ${group.id}] }\n`,
        ),
      ).toEqual(['ok']);
      expect(await places('name: Example Corp\n')).toEqual([]);
    });

    it.each([
      ['#aws-admins', 'slack-id-form'],
      ['https://example.slack.com/archives/C0HELPDESK1', 'slack-id-form'],
      ['S0GROUP0001', 'slack-id-form'],
      ['C0NOWHERE01', 'slack-channel-unknown'],
      ['C0SECRET001', 'slack-channel-unknown'],
      ['C0RANDOM001', 'slack-not-in-channel'],
      ['C0ARCHIVE01', 'slack-channel-archived'],
      ['C0SHARED001', 'slack-channel-shared'],
      ['U0NOBODY001', 'slack-user-unknown'],
      ['U0GONE0001', 'slack-user-deactivated'],
    ])('finds what is wrong with the destination %s', async (id, fault) => {
      expect(await destination(id)).toEqual([fault]);
    });

    it('says where in the file a wrong one stands', async () => {
      const yaml = 'destinations: { admins: { slack: C0RANDOM001 } }\nadmins: { slack: [C0RANDOM001, S0GROUP0001] }\n';
      const findings = await found(organization(yaml), [slackPlaces]);
      expect(findings).toMatchObject([
        {
          id: 'slack-not-in-channel',
          text: expect.stringContaining('#random = C0RANDOM001 (destinations › admins, admins)'),
        },
        { id: 'slack-usergroup-unknown', text: expect.stringContaining('S0GROUP0001 (admins)') },
      ]);
    });

    it('sees that the token is of another workspace when none of the ids is known', async () => {
      const yaml = 'destinations: { admins: { slack: C0NOWHERE01 }, lead: { slack: U0NOBODY001 } }\n';
      expect(await places(yaml)).toEqual(['slack-other-workspace']);
      expect(await textOf('slack-other-workspace', organization(yaml), [slackPlaces])).toContain('Example Corp');
    });

    it('does not guess where Slack does not say', async () => {
      slack.fail('conversations.info', { error: 'internal_error' });
      expect(await destination('C0HELPDESK1')).toEqual(['slack-place-unclear']);
    });
  });
});
