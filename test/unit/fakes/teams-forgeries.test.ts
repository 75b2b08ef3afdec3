import type { TokenKind } from '../../fakes/teams/teams';
import { fault } from '../../fakes/teams/teams';
import { teamsWithBot } from './teams-set-up';

// botbuilder prints each refusal.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** What botbuilder 4.23.3 itself answers; a bot of ours may do better, never worse. */
const answers: Record<TokenKind, number> = {
  good: 200,
  'expired-within-skew': 200,
  none: 401,
  garbage: 401,
  basic: 401,
  expired: 401,
  'wrong-issuer': 401,
  'wrong-audience': 401,
  'no-audience': 401,
  'unknown-kid': 401,
  'serviceurl-differs': 401,
  'not-endorsed': 401,
  future: 500,
  'forged-signature': 500,
  tampered: 500,
  'alg-none': 500,
  'hs256-with-public-key': 500,
};

test.each(Object.entries(answers) as [TokenKind, number][])('a token that is “%s” gets %i', async (token, status) => {
  const { teams, bot, ada, chat } = await teamsWithBot();
  const activity = teams.activity(ada, chat, { type: 'message', text: 'hello' });
  expect(await teams.post(activity, { token })).toMatchObject({ status });
  expect(bot.turns).toHaveLength(status === 200 ? 1 : 0);
});

test('an activity may name only the serviceUrl that its token was signed for', async () => {
  const { teams, bot, ada, chat } = await teamsWithBot();
  const elsewhere = 'https://elsewhere.example/';
  const activity = teams.activity(ada, chat, { type: 'message', text: 'hello', serviceUrl: elsewhere });
  expect(await teams.post(activity)).toMatchObject({ status: 401 });
  expect(await teams.post(activity, { signedFor: elsewhere })).toMatchObject({ status: 200 });
  expect(bot.turns).toHaveLength(1);
});

test('anything at all can be posted: other bodies, other headers, no activity', async () => {
  const { teams, bot } = await teamsWithBot();
  expect(await teams.post({}, { token: 'none' })).toMatchObject({ status: 400 });
  expect(await teams.post({}, { rawBody: '{"type":', token: 'none' })).toMatchObject({ status: 400 });
  expect(await teams.post({}, { rawBody: 'x'.repeat(1_100_000) })).toMatchObject({ status: 413 });
  expect(await teams.post({}, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 400 });
  expect(bot.turns).toEqual([]);
});

test('after a change of keys, old tokens and new ones are told apart by their key id', async () => {
  const { teams, bot, ada, chat } = await teamsWithBot();
  await teams.says(ada, chat, 'before');
  teams.rotateKeys();
  // botbuilder asks for new keys once an hour at most; until then it knows the old ones alone.
  expect(await teams.says(ada, chat, 'after')).toMatchObject({ status: 401 });
  expect(bot.turns).toHaveLength(1);
  expect(teams.calls.filter(({ route }) => route === 'keys')).toHaveLength(1);
});

test('keys changed before the first message are the ones that count', async () => {
  const { teams, ada, chat } = await teamsWithBot();
  teams.rotateKeys();
  expect(await teams.says(ada, chat, 'hello')).toMatchObject({ status: 200 });
});

test.each(['metadata', 'keys'] as const)('nobody is let in while the %s cannot be had', async (route) => {
  const { teams, bot, ada, chat } = await teamsWithBot();
  const down = teams.fails(route, fault.unavailable());
  expect((await teams.says(ada, chat, 'hello')).status).toBeGreaterThanOrEqual(400);
  expect(down.hits).toBe(1);
  expect(bot.turns).toEqual([]);
  down.lift();
  expect(await teams.says(ada, chat, 'hello')).toMatchObject({ status: 200 });
});
