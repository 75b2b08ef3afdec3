import { request } from 'node:http';
import { someone, startTeams, type TeamsEdge } from '../../builders/teams';
import type { TokenKind } from '../../fakes/teams/signing';

jest.setTimeout(30_000);

let edge: TeamsEdge;
let printed: unknown[][];
beforeAll(async () => {
  edge = await startTeams();
});
afterAll(() => edge.stop());
beforeEach(() => {
  printed = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(console, method).mockImplementation((...args) => void printed.push(args));
  edge.received.length = 0;
  edge.refused.length = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(printed).toEqual([]);
});

/** A message of Ada, complete, for a test to spoil. */
function message(rest: Record<string, unknown> = {}) {
  const { teams } = edge;
  const ada = teams.findOrAdd('Ada');
  return teams.activity(ada, teams.personalChat(ada), {
    type: 'message',
    id: `m${Math.random()}`,
    text: 'hi',
    ...rest,
  });
}

describe('who asks is proven before anything else', () => {
  it('takes what Teams has signed', async () => {
    expect(await edge.teams.post(message())).toEqual({ status: 200, body: undefined });
    expect(edge.received).toHaveLength(1);
  });

  it('allows five minutes of difference between clocks', async () => {
    expect((await edge.teams.post(message(), { token: 'expired-within-skew' })).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  const forged: TokenKind[] = [
    'none',
    'garbage',
    'basic',
    'expired',
    'future',
    'wrong-issuer',
    'wrong-audience',
    'no-audience',
    'unknown-kid',
    'forged-signature',
    'tampered',
    'alg-none',
    'hs256-with-public-key',
    'serviceurl-differs',
    'not-endorsed',
  ];
  it.each(forged)('refuses a request whose token is: %s', async (token) => {
    const { status, body } = await edge.teams.post(message(), { token });
    expect(status).toBe(401);
    expect(body).toEqual({ error: { code: 'unauthorized', message: expect.any(String) } });
    expect(edge.received).toEqual([]);
    expect(edge.refused).toHaveLength(1);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer a.b.c.d', 'bearer x.y.z', `Bearer ${'a'.repeat(10_000)}.b.c`])(
    'refuses the odd header %#',
    async (authorization) => {
      const { status } = await edge.teams.post(message(), { token: 'none', headers: { authorization } });
      expect(status).toBe(401);
      expect(edge.received).toEqual([]);
    },
  );

  it('refuses tokens that name a tenant, which the SDK would remember for ever', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: edge.teams.issuer, aud: edge.teams.appId, tid: 'f00dcafe', exp: 4_000_000_000 };
    const authorization = `Bearer ${part({ alg: 'RS256', kid: 'x' })}.${part(claims)}.c2ln`;
    const { status } = await edge.teams.post(message(), { token: 'none', headers: { authorization } });
    expect(status).toBe(401);
    const issuers = require('botframework-connector/lib/auth/tokenValidationParameters.js') as {
      ToBotFromBotOrEmulatorTokenValidationParameters: { issuer: string[] };
    };
    expect(issuers.ToBotFromBotOrEmulatorTokenValidationParameters.issuer.join()).not.toContain('f00dcafe');
  });

  it('does not read a body before', async () => {
    const { status } = await edge.teams.post({}, { token: 'none', rawBody: '{"type": nonsense' });
    expect(status).toBe(401);
    const large = await edge.teams.post({}, { token: 'none', rawBody: Buffer.alloc(1_000_000, 0x20) });
    expect(large.status).toBe(401);
  });

  it('refuses an activity that a genuine token is not for', async () => {
    const serviceUrl = 'https://smba.trafficmanager.net/elsewhere/';
    expect((await edge.teams.post({ ...message(), serviceUrl })).status).toBe(401);
    const { serviceUrl: _, ...without } = message();
    expect((await edge.teams.post(without)).status).toBe(400);
    expect((await edge.teams.post({ ...message(), channelId: 'webchat' })).status).toBe(401);
    expect(edge.received).toEqual([]);
  });

  it('sends no token to a host that Microsoft does not own, however well the request is signed', async () => {
    const serviceUrl = 'https://evil.example/';
    expect((await edge.teams.post({ ...message(), serviceUrl }, { signedFor: serviceUrl })).status).toBe(403);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['teams: service not trusted']);
  });

  it('refuses another tenant', async () => {
    const stranger = edge.teams.person('Mallory', { tenantId: 'another-tenant' });
    const chat = edge.teams.personalChat(stranger);
    const activity = edge.teams.activity(
      stranger,
      { ...chat, tenantId: 'another-tenant' },
      { type: 'message', text: 'hi' },
    );
    expect((await edge.teams.post(activity)).status).toBe(401);
    const { conversation, channelData, ...nowhere } = message();
    expect((await edge.teams.post({ ...nowhere, conversation: { id: 'a:1' } })).status).toBe(401);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['teams: another tenant', 'teams: another tenant']);
  });
});

describe('what is no activity', () => {
  it.each([
    ['an empty object', '{}'],
    ['no type', '{"channelId":"msteams","serviceUrl":"x"}'],
    ['no channel', '{"type":"message","serviceUrl":"x"}'],
    ['a list', '[]'],
    ['a text', '"hello"'],
    ['null', 'null'],
    ['nothing', ''],
    ['no JSON', '{"type": "message"'],
    ['brackets without end', '['.repeat(100_000)],
    ['deep nesting', `{"type":"message","value":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ])('is refused: %s', async (_name, rawBody) => {
    const { status, body } = await edge.teams.post({}, { rawBody });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*\.ts|stack/);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toHaveLength(1);
  });

  it('may not be larger than an activity ever is', async () => {
    const { status } = await edge.teams.post({}, { rawBody: JSON.stringify(message({ text: 'x'.repeat(300_000) })) });
    expect(status).toBe(413);
    expect((await edge.teams.post({}, { rawBody: Buffer.alloc(5_000_000, 0x61) })).status).toBe(413);
    expect(edge.received).toEqual([]);
  });

  it.each([
    ['from', undefined],
    ['recipient', undefined],
    ['from', { name: 'nobody' }],
    ['text', 17],
    ['entities', 'none'],
    ['id', undefined],
    ['conversation', { tenantId: 'x' }],
  ])('is refused as a message: %s is %j', async (name, value) => {
    const activity = { ...message(), [name]: value };
    const tenant = { channelData: { tenant: { id: edge.teams.tenantId } } };
    const { status } = await edge.teams.post({ ...activity, ...tenant });
    expect([400, 401]).toContain(status);
    expect(edge.received).toEqual([]);
  });

  it('is not asked for with another method', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const status = await new Promise((resolve, reject) => {
        const outgoing = request(`${edge.url}api/messages`, { method }, (response) =>
          resolve(response.resume().statusCode),
        );
        outgoing.on('error', reject).end();
      });
      expect([method, status]).toEqual([method, method === 'OPTIONS' ? expect.any(Number) : 405]);
    }
  });

  it('may hold names that are dangerous to programs', async () => {
    const rawBody = JSON.stringify(message({ text: 'fine' })).replace(
      '"type"',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"type"',
    );
    expect((await edge.teams.post({}, { rawBody })).status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('kinds that the bot does not know', () => {
  it.each(['typing', 'messageReaction', 'event', 'endOfConversation', 'suggestion', 'somethingNew'])(
    'are answered politely and ignored: %s',
    async (type) => {
      expect((await edge.teams.post(message({ type }))).status).toBe(200);
      expect(edge.received).toEqual([]);
    },
  );

  it('are counted when nobody ever heard of them', async () => {
    await edge.teams.post(message({ type: 'somethingNew' }));
    expect(edge.refused).toEqual(['teams: unknown activity']);
  });

  it('are answered as the protocol wants when they are invokes', async () => {
    const { person, chat } = await someone(edge);
    expect((await edge.teams.invokes(person, chat, 'composeExtension/query', {})).status).toBe(501);
    expect(edge.refused).toEqual(['teams: unknown invoke']);
  });
});
