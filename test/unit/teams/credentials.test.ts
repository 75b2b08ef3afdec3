import { someone, startTeams, type TeamsEdge, type TeamsEdgeOptions } from '../../builders/teams';
import { fault } from '../../fakes/teams/teams';

jest.setTimeout(30_000);

const edges: TeamsEdge[] = [];
async function start(options?: TeamsEdgeOptions): Promise<TeamsEdge> {
  const edge = await startTeams(options);
  edges.push(edge);
  return edge;
}
afterEach(async () => {
  for (const edge of edges.splice(0)) {
    expect(edge.teams.violations).toEqual([]);
    await edge.stop();
  }
});
const sent = { kind: 'sent' };
const tokens = ({ teams }: TeamsEdge) => teams.calls.filter(({ route }) => route === 'token');

describe('the start proves the credentials', () => {
  it('of an app for one tenant, at that tenant', async () => {
    const edge = await start();
    await edge.platform.start();
    await edge.platform.health();
    expect(tokens(edge)).toMatchObject([{ status: 200, path: `/login/${edge.teams.tenantId}/oauth2/v2.0/token` }]);
  });

  it('of an app for many tenants, at the shared one', async () => {
    const edge = await start({ fake: { appType: 'MultiTenant' } });
    await edge.platform.start();
    expect(tokens(edge)).toMatchObject([{ status: 200, path: '/login/botframework.com/oauth2/v2.0/token' }]);
  });

  it('and asks for a token once, however many need it', async () => {
    const edge = await start();
    await edge.platform.start();
    const people = await Promise.all(['A', 'B', 'C', 'D'].map((name) => someone(edge, name)));
    const results = await Promise.all(people.map(({ conversation }) => edge.says(conversation, 1, ['hi'])));
    expect(results).toEqual([sent, sent, sent, sent]);
    expect(tokens(edge)).toHaveLength(1);
  });

  it('a token near its end is replaced before it ends', async () => {
    const edge = await start({ fake: { tokenLifetimeSeconds: 1 } });
    const { conversation } = await someone(edge);
    expect(await edge.says(conversation, 1, ['hi'])).toEqual(sent);
    expect(tokens(edge)).toHaveLength(1);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 700);
    expect(await edge.says(conversation, 2, ['hi'])).toEqual(sent);
    jest.restoreAllMocks();
    expect(tokens(edge)).toHaveLength(2);
  });

  it.each<[string, TeamsEdgeOptions, RegExp]>([
    [
      'a wrong secret',
      { env: { TEAMS_APP_PASSWORD: 'wrong~secret' } },
      /TEAMS_APP_PASSWORD is not a secret of this app/,
    ],
    ['an unknown app', { env: { TEAMS_APP_ID: 'f0e1d2c3-0000-0000-0000-000000000000' } }, /TEAMS_APP_ID is unknown/],
    [
      'an unknown tenant',
      { env: { TEAMS_TENANT_ID: 'no-such-tenant' } },
      /TEAMS_TENANT_ID names a tenant that does not exist/,
    ],
    ['a forgotten tenant', { env: { TEAMS_TENANT_ID: undefined } }, /a single-tenant app also needs TEAMS_TENANT_ID/],
  ])('refuses %s, names the setting and never its value', async (_name, options, words) => {
    const edge = await start(options);
    const error = await edge.platform.start().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'CodedError', code: 'TEAMS_REFUSED', message: expect.stringMatching(words) });
    expect((error as Error).message).not.toContain('wrong~secret');
  });

  it('refuses a secret past its date', async () => {
    const edge = await start();
    edge.teams.secretBecomes('expired');
    await expect(edge.platform.start()).rejects.toThrow(/TEAMS_APP_PASSWORD has expired/);
    edge.teams.secretBecomes('app-deleted');
    await expect(edge.platform.start()).rejects.toThrow(/TEAMS_APP_ID is unknown/);
  });

  it('starts degraded when nobody answers, and recovers by itself', async () => {
    const edge = await start();
    const down = edge.teams.fails('token', fault.unavailable());
    await edge.platform.start();
    await expect(edge.platform.health()).rejects.toThrow(/HTTP 503/);
    expect(edge.logged.join()).toContain('Teams is not reachable yet');
    const { wrote, conversation } = await someone(edge);
    expect(wrote.status).toBe(200);
    expect(await edge.says(conversation, 1, ['hi'])).toMatchObject({ kind: 'temporary' });
    down.lift();
    let healthy = false;
    await edge.teams.until(() => {
      void edge.platform.health().then(
        () => {
          healthy = true;
        },
        () => undefined,
      );
      return healthy;
    });
  });

  it('is unhealthy once the secret does not work any more', async () => {
    const edge = await start({ fake: { tokenLifetimeSeconds: 1 } });
    await edge.platform.start();
    edge.teams.secretBecomes('expired');
    let trouble = '';
    await edge.teams.until(() => {
      void edge.platform.health().catch((error: Error) => {
        trouble = error.message;
      });
      return trouble.includes('TEAMS_APP_PASSWORD has expired');
    });
  });
});

describe('clouds', () => {
  it('every address may be another one', async () => {
    // The fake is such a cloud: nothing of the public one is asked for.
    const edge = await start();
    await edge.platform.start();
    const { wrote, conversation } = await someone(edge);
    expect(wrote.status).toBe(200);
    expect(await edge.says(conversation, 1, ['hi'])).toEqual(sent);
  });

  it('another issuer, and its own keys, are held to', async () => {
    const edge = await start({ env: { TEAMS_TOKEN_ISSUER: 'https://api.botframework.us' } });
    expect((await someone(edge)).wrote.status).toBe(401);
  });

  it('a host that the settings do not name gets no token', async () => {
    const edge = await start({ env: { TEAMS_SERVICE_URLS: 'https://other.example' } });
    expect((await someone(edge)).wrote.status).toBe(403);
    expect(tokens(edge)).toEqual([]);
  });

  it('many tenants are served where the app is registered so', async () => {
    const edge = await start({ fake: { appType: 'MultiTenant' } });
    const { teams } = edge;
    const mary = teams.person('Mary', { tenantId: 'tenant-two' });
    const chat = { ...teams.personalChat(mary), tenantId: 'tenant-two' };
    expect((await teams.post(teams.activity(mary, chat, { type: 'message', text: 'hi' }))).status).toBe(200);
    expect(edge.received).toMatchObject([{ conversation: `teams:tenant-two:${mary.aadObjectId}` }]);
    const {
      conversation: _,
      channelData: __,
      ...nowhere
    } = teams.activity(mary, chat, { type: 'message', text: 'hi' });
    expect((await teams.post(nowhere)).status).toBe(400);
  });

  it('a new signing key is accepted once the old keys are an hour old', async () => {
    const edge = await start();
    expect((await someone(edge)).wrote.status).toBe(200);
    edge.teams.rotateKeys();
    expect((await someone(edge)).wrote.status).toBe(401);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61 * 60_000);
    expect((await someone(edge)).wrote.status).toBe(200);
    jest.restoreAllMocks();
  });
});

describe('a local emulator', () => {
  const anonymous = {
    ...Object.fromEntries(
      [
        'APP_ID',
        'APP_PASSWORD',
        'TENANT_ID',
        'LOGIN_URL',
        'OPENID_METADATA_URL',
        'TOKEN_ISSUER',
        'OAUTH_SCOPE',
        'SERVICE_URLS',
      ].map((name) => [`TEAMS_${name}`, undefined]),
    ),
    TEAMS_ALLOW_ANONYMOUS: '1',
  };

  it('is served without any token in either direction', async () => {
    const edge = await start({ env: anonymous });
    await edge.platform.start();
    await edge.platform.health();
    const { teams } = edge;
    const ada = teams.person('Ada');
    const { tenantId: _, ...conversation } = { id: 'a:1', conversationType: 'personal', tenantId: undefined };
    const { channelData, ...activity } = teams.activity(ada, teams.personalChat(ada), { type: 'message', text: 'hi' });
    const { status } = await teams.post({ ...activity, conversation, channelId: 'emulator' }, { token: 'none' });
    expect(status).toBe(200);
    expect(edge.received).toMatchObject([{ conversation: `teams:local:${ada.aadObjectId}`, person: { member: true } }]);
    expect(await edge.says(edge.received[0]!.conversation, 1, ['hi'])).toMatchObject({ kind: 'temporary' });
    const call = teams.calls.find(({ route }) => route === 'send');
    // The fake wants a token, and there was none to give.
    expect(call?.status).toBe(401);
    expect(tokens(edge)).toEqual([]);
    expect(teams.violations.splice(0)).toContain('send: no Authorization header');
  });

  it('must be on this machine', async () => {
    const edge = await start({ env: anonymous });
    const { teams } = edge;
    const ada = teams.person('Ada');
    const activity = teams.activity(ada, teams.personalChat(ada), { type: 'message', text: 'hi' });
    const { status } = await teams.post({ ...activity, serviceUrl: 'http://192.168.1.7:3978/' }, { token: 'none' });
    expect(status).toBe(403);
  });
});
