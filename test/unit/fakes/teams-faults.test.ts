import type { TurnContext } from 'botbuilder';
import { Pace } from '../../fakes/teams/pace';
import { type Fault, fault } from '../../fakes/teams/teams';
import { connectorCall, teamsWithBot } from './teams-set-up';

const hello = (context: TurnContext): Promise<unknown> => context.sendActivity('hello');
const codeOf = (error: unknown): unknown => {
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  return [statusCode, code];
};

describe('the Connector', () => {
  const refused: [string, Fault, unknown[]][] = [
    ['429 without Retry-After', fault.throttled(), [429, 'TooManyRequests']],
    ['412', fault.preconditionFailed(), [412, 'PreconditionFailed']],
    ['413', fault.tooBig(), [413, 'MessageSizeTooBig']],
    ['401', fault.unauthorized(), [401, undefined]],
    ['403, disabled by the administrator', fault.botDisabledByAdmin(), [403, 'BotDisabledByAdmin']],
    ['403, not in the roster', fault.botNotInRoster(), [403, 'BotNotInConversationRoster']],
    ['403, no writing', fault.writesBlocked(), [403, 'MessageWritesBlocked']],
    ['403, blocked by the person', fault.blockedByUser(), [403, 'ConversationBlockedByUser']],
    ['404', fault.conversationNotFound(), [404, 'ConversationNotFound']],
  ];
  test.each(refused)('%s reaches the bot as it is, at once', async (_name, what, seen) => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    const ordered = teams.fails('reply', what);
    await teams.says(ada, chat, 'hello');
    expect(bot.errors.map(codeOf)).toEqual([seen]);
    expect(ordered.hits).toBe(1);
    expect(teams.lastFromBot(chat)).toBeUndefined();
    ordered.lift();
    await teams.says(ada, chat, 'hello');
    expect(teams.lastFromBot(chat)?.text).toBe('hello');
    expect(teams.violations).toEqual([]);
  });

  const survived: [string, Fault, number][] = [
    ['429 with Retry-After', fault.throttled(1), 1],
    ['500', fault.serverError(), 1],
    ['502', fault.badGateway(), 1],
    ['503', fault.unavailable(), 1],
    ['504', fault.gatewayTimeout(), 1],
    ['a connection dropped before anything was done', fault.droppedBefore(), 1],
    ['a connection dropped after everything was done', fault.droppedAfter(), 2],
  ];
  test.each(survived)('%s makes botbuilder try again', async (_name, what, copies) => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    const ordered = teams.fails('reply', what, { times: 1 });
    await teams.says(ada, chat, 'hello');
    expect(bot.errors).toEqual([]);
    expect(ordered.hits).toBe(1);
    expect(teams.shown(chat).filter(({ from }) => from === 'bot')).toHaveLength(copies);
  });

  test('half a response is none', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    teams.fails('reply', fault.halfResponse(), { times: 1 });
    await teams.says(ada, chat, 'hello');
    await teams.until(() => bot.errors.length > 0 || teams.calls.filter(({ route }) => route === 'reply').length > 1);
    expect(teams.lastFromBot(chat)?.text).toBe('hello');
    expect(teams.calls.find(({ route }) => route === 'reply')).toMatchObject({ status: 0, fault: 'half-response' });
  });

  test('a hanging Connector holds the turn, and with it the answer', async () => {
    const { teams, ada, chat } = await teamsWithBot(hello, { deliveryLimitMs: 200 });
    const hanging = teams.fails('reply', fault.hang());
    expect(await teams.says(ada, chat, 'hello')).toMatchObject({ status: 0, failure: 'timeout' });
    await teams.until(() => hanging.hits === 1);
  });

  test('a fault can be meant for one conversation, with its threads, and one route', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    const channel = teams.channel(teams.team('Platform', [ada]), 'AWS');
    teams.fails('reply', fault.writesBlocked(), { conversation: channel });
    teams.fails('update', fault.writesBlocked());
    await teams.says(ada, chat, 'hello');
    expect(bot.errors).toEqual([]);
    await teams.mentions(ada, channel, 'hello');
    expect(bot.errors.map(codeOf)).toEqual([[403, 'MessageWritesBlocked']]);
  });

  test('a removed app may not write, and an unknown conversation is not found', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    await teams.uninstalls(ada, chat);
    expect(bot.errors.map(codeOf)[0]).toEqual([403, 'BotNotInConversationRoster']);
    const strange = { ...teams.activity(ada, chat, { type: 'message', text: 'x' }), conversation: { id: 'a:nowhere' } };
    await teams.post(strange);
    expect(bot.errors.map(codeOf).at(-1)).toEqual([404, 'ConversationNotFound']);
  });

  test('the published pace is kept when asked for', async () => {
    const { teams, chat } = await teamsWithBot(hello, { pace: true });
    // More than half a minute may take, so that even a slow machine has one refused.
    const calls = Array.from({ length: 65 }, () => connectorCall(teams, 'GET', `conversations/${chat.id}/members`));
    const refused = (await Promise.all(calls)).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('the pace is seven calls a second, eight in two, sixty in half a minute', () => {
    const allowed = (times: number[]): number => {
      const pace = new Pace();
      return times.filter((time) => pace.exceeded('a:1', time) === undefined).length;
    };
    const every = (step: number, count: number) => Array.from({ length: count }, (_, index) => index * step);
    expect(allowed(every(0, 9))).toBe(7);
    expect(allowed([...every(0, 7), 1_000, 1_001])).toBe(8);
    expect(allowed(every(300, 100))).toBe(60);
    const pace = new Pace();
    for (const time of every(0, 7)) pace.exceeded('a:1', time);
    expect(pace.exceeded('a:1', 100)).toBe(1);
    expect(pace.exceeded('a:2', 100)).toBeUndefined();
  });
});

describe('the token endpoint', () => {
  test.each([
    ['invalid', /AADSTS7000215/],
    ['expired', /AADSTS7000222/],
    ['app-deleted', /AADSTS700016/],
  ] as const)('a secret that is %s', async (state, message) => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    teams.secretBecomes(state);
    await teams.says(ada, chat, 'hello');
    expect(bot.errors.map(({ message: text }) => text)).toEqual([expect.stringMatching(message)]);
    expect(teams.lastFromBot(chat)).toBeUndefined();
    teams.secretBecomes('good');
    await teams.says(ada, chat, 'hello');
    expect(teams.lastFromBot(chat)?.text).toBe('hello');
  });

  const ask = async (url: string, fields: Record<string, string>): Promise<[number, unknown]> => {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    const { error, error_codes, token_type } = (await answer.json()) as Record<string, unknown>;
    return [answer.status, token_type ?? [error, (error_codes as number[])[0]]];
  };

  test('errors are those of Entra ID', async () => {
    const { teams } = await teamsWithBot();
    const url = `${teams.loginUrl}/${teams.tenantId}/oauth2/v2.0/token`;
    const good = {
      grant_type: 'client_credentials',
      client_id: teams.appId,
      client_secret: teams.appPassword,
      scope: 'https://api.botframework.com/.default',
    };
    expect(await ask(url, good)).toEqual([200, 'Bearer']);
    expect(await ask(url, { ...good, client_info: '1', 'x-client-SKU': 'msal.js.node' })).toEqual([200, 'Bearer']);
    expect(await ask(url, { ...good, client_secret: 'other' })).toEqual([401, ['invalid_client', 7000215]]);
    expect(await ask(url, { ...good, client_id: 'other' })).toEqual([400, ['unauthorized_client', 700016]]);
    const elsewhere = (tenant: string) => ask(`${teams.loginUrl}/${tenant}/oauth2/v2.0/token`, good);
    expect(await elsewhere('nowhere')).toEqual([400, ['invalid_request', 90002]]);
    expect(await elsewhere('botframework.com')).toEqual([400, ['unauthorized_client', 700016]]);
    expect(teams.violations).toEqual([]);
    expect(await ask(url, { ...good, scope: 'https://graph.microsoft.com/.default' })).toEqual([
      400,
      ['invalid_scope', 70011],
    ]);
    expect(await ask(url, { ...good, grant_type: 'password' })).toEqual([400, ['unsupported_grant_type', 70003]]);
    const { scope: _, ...lacking } = good;
    expect(await ask(url, lacking)).toEqual([400, ['invalid_request', 900144]]);
    expect(await ask(url, { ...good, resource: 'x' })).toEqual([400, ['unsupported_grant_type', 70003]]);
    expect(teams.violations).toHaveLength(4);
  });

  test('no token, no word: an endpoint that cannot be reached', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    const down = teams.fails('token', fault.droppedBefore());
    await teams.says(ada, chat, 'hello');
    expect(bot.errors).toHaveLength(1);
    expect(down.hits).toBe(1);
    expect(teams.calls.filter(({ route }) => route === 'reply')).toEqual([]);
  });

  test('an app for many tenants is known in the shared one', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello, { appType: 'MultiTenant' });
    expect(teams.settings()).not.toHaveProperty('TEAMS_TENANT_ID');
    await teams.says(ada, chat, 'hello');
    expect(bot.errors).toEqual([]);
    expect(teams.calls.find(({ route }) => route === 'token')?.path).toBe('/login/botframework.com/oauth2/v2.0/token');
  });

  test('a token that ran out or was revoked is refused by the Connector', async () => {
    const { teams, bot, ada, chat } = await teamsWithBot(hello);
    await teams.says(ada, chat, 'hello');
    teams.revokeTokens();
    await teams.says(ada, chat, 'hello');
    expect(bot.errors.map(codeOf)).toEqual([[401, undefined]]);
    expect(teams.violations).toEqual([]);
  });
});
