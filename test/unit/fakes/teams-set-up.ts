import type { TurnContext } from 'botbuilder';
import { BareBot } from '../../fakes/teams/bare-bot';
import { FakeTeams, type FakeTeamsOptions } from '../../fakes/teams/teams';

type Logic = (context: TurnContext) => Promise<unknown>;

// botbuilder waits before it tries again, and machines are busy.
jest.setTimeout(30_000);

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.stop()));
});

/** A fake Teams, a bare bot that runs `logic` in each turn, and Ada with a chat of her own. All are stopped after the test. */
export async function teamsWithBot(logic: Logic = async () => undefined, options: FakeTeamsOptions = {}) {
  const teams = await FakeTeams.start(options);
  running.push(teams);
  const bot = await BareBot.start(teams.settings(), async (context) => void (await logic(context)));
  running.push(bot);
  teams.deliversTo(bot.endpoint);
  const ada = teams.person('Ada Lovelace');
  return { teams, bot, ada, chat: teams.personalChat(ada) };
}

export const card = (rest: Record<string, unknown> = {}, text = 'A card'): Record<string, unknown> => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  ...rest,
});

export const execute = (title: string, verb: string, data: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  fallback: { type: 'Action.Submit', title, data: { ...data, verb } },
});

export const cardMessage = (content: Record<string, unknown>, summary = 'A card') => ({
  type: 'message',
  summary,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

const bearers = new WeakMap<FakeTeams, Promise<string>>();

async function bearerFor(teams: FakeTeams): Promise<string> {
  const answer = await fetch(`${teams.loginUrl}/${teams.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: teams.appId,
      client_secret: teams.appPassword,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
}

/** Calls the Connector without botbuilder, which would not let every mistake through. */
export async function connectorCall(
  teams: FakeTeams,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const bearer = bearers.get(teams) ?? bearerFor(teams);
  bearers.set(teams, bearer);
  const answer = await fetch(`${teams.serviceUrl}v3/${path.split('/').map(encodeURIComponent).join('/')}`, {
    method,
    headers: { authorization: await bearer, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, headers: answer.headers };
}
