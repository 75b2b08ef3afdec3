import { slackSettings } from '../../../scripts/doctor/slack-settings';
import { teamsSettings } from '../../../scripts/doctor/teams-settings';
import { ids, textOf } from './doctor-findings';

const guid = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const secret = '8f742231b10e8888abcd99aaeeebbb85';

describe('settings of Slack', () => {
  const slack = (env: NodeJS.ProcessEnv) =>
    ids({ SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: secret, ...env }, [slackSettings]);

  it('says nothing where Slack is not set up, and that all is well where it is', async () => {
    expect(await ids({}, [slackSettings])).toEqual([]);
    expect(await slack({})).toEqual(['ok']);
    expect(await slack({ SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1-A-2-b' })).toEqual(['ok']);
  });

  it.each([
    ['xoxp-123456-secret', 'slack-token-kind', 'a user token'],
    ['xapp-123456-secret', 'slack-token-kind', 'an app-level token'],
    ['xoxe-123456-secret', 'slack-token-kind', 'a refresh token'],
    ['xoxc-123456-secret', 'slack-token-kind', 'a browser session'],
    [secret.replace('8f', '9e'), 'slack-token-kind', 'a signing or client secret'],
    ['whatever else', 'slack-token-kind', 'nothing that Slack gives out'],
    ['xoxe.xoxb-123456-secret', 'slack-token-rotating', 'expires after twelve hours'],
  ])('tells what was pasted in place of the bot token: %s', async (token, id, words) => {
    expect(await slack({ SLACK_BOT_TOKEN: token })).toEqual([id]);
    const env = { SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: secret };
    expect(await textOf(id, env, [slackSettings])).toContain(words);
  });

  it('tells what was pasted in place of the others', async () => {
    expect(await slack({ SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xoxb-1-2-3' })).toEqual(['slack-app-token-kind']);
    expect(await slack({ SLACK_SIGNING_SECRET: 'xapp-1-abcdef' })).toEqual(['slack-signing-secret-form']);
    expect(await slack({ SLACK_SIGNING_SECRET: secret.slice(1) })).toEqual(['slack-signing-secret-form']);
    expect(await slack({ TEAMS_APP_PASSWORD: secret })).toEqual(['slack-signing-secret-reused']);
  });

  it('warns of two ways for events, and names what is missing', async () => {
    expect(await slack({ SLACK_APP_TOKEN: 'xapp-1-A-2-b' })).toEqual(['slack-two-ways']);
    expect(await slack({ SLACK_SIGNING_SECRET: '' })).toEqual(['slack-settings-faulty']);
    expect(await slack({ SLACK_BOT_TOKEN: '' })).toEqual(['slack-settings-faulty']);
    expect(await slack({ SLACK_API_URL: 'http://slack.example.com/api/' })).toEqual(['slack-settings-faulty']);
  });
});

describe('settings of Teams', () => {
  const good = { TEAMS_APP_ID: guid, TEAMS_APP_PASSWORD: 'abc8Q~defghijklmnop', TEAMS_TENANT_ID: guid };
  const teams = (env: NodeJS.ProcessEnv) => ids({ ...good, ...env }, [teamsSettings]);
  const government = {
    TEAMS_LOGIN_URL: 'https://login.microsoftonline.us',
    TEAMS_OPENID_METADATA_URL: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    TEAMS_TOKEN_ISSUER: 'https://api.botframework.us',
    TEAMS_OAUTH_SCOPE: 'https://api.botframework.us',
  };

  it('says nothing where Teams is not set up, and that all is well where it is', async () => {
    expect(await ids({}, [teamsSettings])).toEqual([]);
    expect(await teams({})).toEqual(['ok']);
    expect(await teams(government)).toEqual(['ok']);
  });

  it('names values of the wrong kind', async () => {
    expect(await teams({ TEAMS_APP_ID: 'helpdesk' })).toContain('teams-app-id-form');
    expect(await teams({ TEAMS_TENANT_ID: 'example.onmicrosoft.com' })).toContain('teams-tenant-form');
    expect(await teams({ TEAMS_APP_PASSWORD: guid.replace('3', '4') })).toEqual(['teams-secret-is-id']);
    expect(await teams({ TEAMS_SERVICE_URLS: 'http://service.example.com' })).toEqual(['teams-service-urls']);
    expect(await teams({ TEAMS_LOGIN_URL: 'http://login.example.com' })).toEqual(['teams-settings-faulty']);
    expect(await teams({ TEAMS_APP_PASSWORD: '' })).toEqual(['teams-settings-faulty']);
  });

  it('warns where only an old kind of bot could work', async () => {
    expect(await teams({ TEAMS_TENANT_ID: '' })).toEqual(['teams-tenant-missing']);
  });

  it.each(Object.keys(government))('names clouds that are mixed, when %s alone is of another', async (name) => {
    const { [name as keyof typeof government]: left, ...others } = government;
    expect(await teams({ [name]: left })).toEqual(['teams-cloud-mixed']);
    expect(await teams(others)).toEqual(['teams-cloud-mixed']);
    expect(await textOf('teams-cloud-mixed', { ...good, ...others }, [teamsSettings])).toContain(
      `${name} is of the public cloud`,
    );
  });

  it('warns of a service that believes everybody, and calls it a fault in public', async () => {
    const anonymous = { TEAMS_ALLOW_ANONYMOUS: '1' };
    expect(await ids(anonymous, [teamsSettings])).toEqual(['teams-anonymous']);
    expect(await ids({ ...anonymous, PUBLIC_URL: 'http://127.0.0.1:3978' }, [teamsSettings])).toEqual([
      'teams-anonymous',
    ]);
    expect(await ids({ ...anonymous, PUBLIC_URL: 'https://helpdesk.example.com' }, [teamsSettings])).toEqual([
      'teams-anonymous-public',
    ]);
  });
});
