import { FakeTeams } from '../../fakes/teams/teams';
import { card, cardMessage, connectorCall, execute } from './teams-set-up';

let teams: FakeTeams;
beforeAll(async () => {
  teams = await FakeTeams.start();
});
afterAll(() => teams.stop());
beforeEach(() => void teams.violations.splice(0));

const ada = () => teams.person('Ada');
const chatFor = (who = ada()) => teams.personalChat(who);
const send = (body: unknown, chat = chatFor()) =>
  connectorCall(teams, 'POST', `conversations/${chat.id}/activities`, body);

describe('messages that are as they should be', () => {
  const good: [string, object][] = [
    ['plain text', { type: 'message', text: 'hello *you* [x](https://x.example) <b>', textFormat: 'plain' }],
    ['text without mark-up', { type: 'message', text: 'hello, 2 * 3 * 4 = 24; snake_case_name (and more)' }],
    ['a sign of typing', { type: 'typing' }],
    ['a card with a summary', cardMessage(card())],
    [
      'an urgent one',
      { type: 'message', text: 'now', importance: 'urgent', channelData: { notification: { alert: true } } },
    ],
  ];
  test.each(good)('%s', async (_name, activity) => {
    expect((await send(activity)).status).toBeLessThan(300);
    expect(teams.violations).toEqual([]);
  });

  test('a mention of somebody who is there, in text and in a card', async () => {
    const who = ada();
    const group = teams.groupChat([who]);
    const tag = '<at>Ada</at>';
    const entity = { type: 'mention', mentioned: { id: who.id, name: 'Ada' }, text: tag };
    const path = `conversations/${group.id}/activities`;
    await connectorCall(teams, 'POST', path, { type: 'message', text: `${tag} look`, entities: [entity] });
    await connectorCall(teams, 'POST', path, cardMessage(card({ msteams: { entities: [entity] } }, `${tag} look`)));
    expect(teams.violations).toEqual([]);
    expect(teams.shown(group)).toHaveLength(2);
  });
});

describe('messages that are not', () => {
  const text = (rest: object) => ({ type: 'message', text: 'hello', ...rest });
  const nobody = { type: 'mention', mentioned: { id: '29:nobody', name: 'Eve' }, text: '<at>Eve</at>' };
  const bad: [string, object, number, RegExp][] = [
    ['of a type that bots do not send', { type: 'event', name: 'x' }, 400, /activity\.type/],
    ['with a property that nobody knows', text({ callerId: 'x' }), 400, /callerId/],
    ['without anything', { type: 'message', text: ' ' }, 400, /without anything in it/],
    ['with text and a card', { ...cardMessage(card()), text: 'hello' }, 201, /text and attachment in one activity/],
    ['with a card but nothing to read', { ...cardMessage(card()), summary: undefined }, 201, /without a summary/],
    ['with another attachment', text({ text: '', attachments: [{ contentType: 'image/png' }] }), 400, /contentType/],
    ['with Markdown', text({ text: 'see **this**' }), 201, /Markdown emphasis/],
    ['with a Markdown link', text({ text: 'see [this](https://x.example)' }), 201, /Markdown link/],
    ['with HTML', text({ text: 'see <a href="https://x.example">this</a>' }), 201, /an HTML tag/],
    ['with an entity of HTML', text({ text: 'a &lt; b' }), 201, /an HTML entity/],
    ['with a list', text({ text: '1. one\n2. two' }), 201, /heading, quotation or list/],
    ['with a mention that is not declared', text({ text: '<at>Ada</at> hello' }), 201, /without a mention entity/],
    ['with a mention that is not there', text({ entities: [nobody] }), 201, /that the text does not hold/],
    ['with a mention of a stranger', text({ text: '<at>Eve</at> hi', entities: [nobody] }), 201, /nobody here/],
    ['from somebody else', text({ from: { id: '29:someone' } }), 201, /not the bot/],
    ['to a stranger', text({ recipient: { id: '29:nobody' } }), 201, /nobody here/],
    ['for another conversation', text({ conversation: { id: 'a:other' } }), 201, /but the address says/],
    ['for another service', text({ serviceUrl: 'https://other.example' }), 201, /serviceUrl/],
    ['for another channel', text({ channelId: 'webchat' }), 400, /channelId/],
  ];
  test.each(bad)('%s', async (_name, activity, status, violation) => {
    expect((await send(activity)).status).toBe(status);
    expect(teams.violations).toContainEqual(expect.stringMatching(violation));
  });

  test('text and card are split, and no id comes back', async () => {
    const chat = chatFor();
    const { body } = await send({ ...cardMessage(card()), text: 'hello' }, chat);
    expect(body).toEqual({});
    expect(teams.shown(chat).map(({ text: shown, card: content }) => [shown, content !== undefined])).toEqual([
      ['hello', false],
      ['', true],
    ]);
  });

  test('mark-up can be allowed', async () => {
    teams.allowMarkup(/\*\*Ticket \d+\*\*/);
    await send({ type: 'message', text: '**Ticket 12** is yours' });
    expect(teams.violations).toEqual([]);
    await send({ type: 'message', text: '**Ticket 12** is **yours**' });
    expect(teams.violations).toHaveLength(1);
  });
});

describe('size', () => {
  const message = (bytes: number): string => {
    const bare = JSON.stringify({ type: 'message', text: '' });
    return JSON.stringify({ type: 'message', text: 'x'.repeat(bytes - bare.length) });
  };
  test.each([
    [27 * 1024, 201],
    [28 * 1024, 201],
    [28 * 1024 + 1, 413],
    [29 * 1024, 413],
  ])('%i bytes get %i', async (bytes, status) => {
    const body = message(bytes);
    expect(Buffer.byteLength(body)).toBe(bytes);
    const answer = await send(body);
    expect(answer.status).toBe(status);
    if (status === 413) expect(answer.body).toMatchObject({ error: { code: 'MessageSizeTooBig' } });
    expect(teams.violations).toHaveLength(status === 413 ? 1 : 0);
  });
  test('bytes count, not characters', async () => {
    expect((await send({ type: 'message', text: 'ü'.repeat(15 * 1024) })).status).toBe(413);
  });
});

describe('requests', () => {
  test.each([
    ['GET', 'conversations'],
    ['PATCH', 'conversations/a:1/activities/1'],
    ['POST', 'conversations/a:1/activities/history'],
    ['GET', 'attachments/1'],
  ])('%s %s is unknown, or asks for what is not there', async (method, path) => {
    const { status } = await connectorCall(teams, method, path, method === 'GET' ? undefined : {});
    expect(status).toBe(404);
    if (method !== 'POST') expect(teams.violations).toEqual([expect.stringContaining(`unknown request: ${method}`)]);
  });

  test('a request beside the path of the serviceUrl is unknown', async () => {
    await fetch(new URL('/v3/conversations', teams.serviceUrl), { method: 'POST' });
    expect(teams.violations).toEqual([expect.stringContaining('lacks the path of the serviceUrl')]);
  });

  test('a request without a token is refused, and a defect', async () => {
    const url = `${teams.serviceUrl}v3/conversations`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    expect(teams.violations).toEqual(['createConversation: no Authorization header']);
    expect((await fetch(url, { method: 'POST', headers: { authorization: 'Bearer x' } })).status).toBe(401);
    expect(teams.violations).toHaveLength(1);
  });

  test('a body that is no JSON', async () => {
    expect((await send('{"type":')).status).toBe(400);
    expect(teams.violations).toEqual([expect.stringContaining('no JSON')]);
  });

  test('answers go to what somebody wrote, changes to what the bot wrote', async () => {
    const who = ada();
    const chat = chatFor(who);
    const { id } = (await send({ type: 'message', text: 'mine' }, chat)).body as { id: string };
    const path = (message: string) => `conversations/${chat.id}/activities/${message}`;
    const change = { type: 'message', text: 'changed' };
    expect((await connectorCall(teams, 'PUT', path(id), change)).status).toBe(200);
    expect((await connectorCall(teams, 'POST', path(id), change)).status).toBe(201);
    expect((await connectorCall(teams, 'DELETE', path(id))).status).toBe(200);
    expect((await connectorCall(teams, 'PUT', path(id), change)).status).toBe(404);
    expect(teams.shown(chat)[0]).toMatchObject({ deleted: true });
    expect(teams.violations).toEqual([]);

    await connectorCall(teams, 'POST', path('123'), change);
    expect((await connectorCall(teams, 'PUT', path('123'), change)).status).toBe(404);
    teams.deliversTo('http://127.0.0.1:9/nobody-listens');
    const { activity, failure } = await teams.says(who, chat, 'hello');
    expect(failure).toBe('connection');
    expect((await connectorCall(teams, 'PUT', path(activity.id), change)).status).toBe(403);
    expect(teams.violations).toEqual([
      expect.stringContaining('nobody wrote 123'),
      expect.stringContaining('never was a message 123'),
      expect.stringContaining('not the bot’s'),
    ]);
  });

  const begin = (rest: object) => connectorCall(teams, 'POST', 'conversations', rest);
  test('conversations that a bot cannot begin', async () => {
    const who = ada();
    chatFor(who);
    const good = { bot: { id: teams.bot.id }, members: [{ id: who.id }], tenantId: teams.tenantId };
    expect((await begin(good)).status).toBe(201);
    expect(teams.violations).toEqual([]);
    for (const bad of [
      { ...good, isGroup: true },
      { ...good, bot: undefined },
      { ...good, bot: { id: '28:other' } },
      { ...good, tenantId: undefined },
      { ...good, members: [] },
      { ...good, members: [{ id: who.userPrincipalName }] },
      { ...good, topic: 'x' },
      { ...good, activity: { type: 'message', text: 'hello' } },
      { bot: good.bot, isGroup: true, channelData: { channel: { id: teams.team('T', []).id } } },
    ]) {
      expect((await begin(bad)).status).toBe(400);
      expect(teams.violations.splice(0)).toHaveLength(1);
    }
    expect((await begin({ ...good, tenantId: 'other' })).status).toBe(403);
  });
});

describe('cards', () => {
  const actions = (count: number) => Array.from({ length: count }, (_, index) => execute(`B${index}`, `b${index}`));
  const people = (count: number) => Array.from({ length: count }, () => teams.person('Someone'));
  const refresh = (ids: string[]) => ({ refresh: { action: { type: 'Action.Execute', verb: 'r' }, userIds: ids } });

  test('at the edge', async () => {
    const group = teams.groupChat(people(60));
    const ids = group.members.map(({ id }) => id);
    const path = `conversations/${group.id}/activities`;
    await connectorCall(teams, 'POST', path, cardMessage(card({ actions: actions(6), ...refresh(ids) })));
    expect(teams.violations).toEqual([]);
    group.members.push(...people(1));
    const all = group.members.map(({ id }) => id);
    await connectorCall(teams, 'POST', path, cardMessage(card({ actions: actions(7), ...refresh(all) })));
    expect(teams.violations).toEqual([
      expect.stringContaining('7 actions in a row'),
      expect.stringContaining('61 people; Teams takes 60'),
    ]);
  });

  const openUrl = (url: string) => ({ type: 'Action.OpenUrl', title: 'Open', url });
  const body = (...elements: object[]) => card({ body: elements });
  const { fallback: _, ...withoutFallback } = execute('Go', 'go');
  const { verb: __, ...withoutVerb } = execute('Go', 'go');
  const bad: [string, Record<string, unknown>, RegExp][] = [
    ['newer than 1.5', card({ version: '1.6' }), /version 1\.6 is newer/],
    ['of no version', card({ version: undefined }), /no version/],
    ['empty', card({ body: [] }), /body is empty/],
    ['with an unknown element', body({ type: 'Chart.Pie' }), /there is no “Chart\.Pie” in version 1\.5/],
    ['with an element of 1.6', body({ type: 'Carousel', pages: [] }), /there is no “Carousel”/],
    ['with an unknown property', body({ type: 'TextBlock', text: 'x', colour: 'Good' }), /no property “colour”/],
    ['with an unknown word', body({ type: 'TextBlock', text: 'x', color: 'Pink' }), /must be one of Default, Dark/],
    ['with a text block without text', body({ type: 'TextBlock' }), /required property 'text'/],
    ['with an unknown action', card({ actions: [{ type: 'Action.Popover' }] }), /there is no “Action\.Popover”/],
    [
      'with ids that are there twice',
      body({ type: 'Input.Text', id: 'a' }, { type: 'Input.Text', id: 'a' }),
      /“a” is there more/,
    ],
    ['with an input without id', body({ type: 'Input.Text' }), /required property 'id'/],
    ['with an action without verb', card({ actions: [withoutVerb] }), /without a verb/],
    ['with an action without fallback', card({ actions: [withoutFallback] }), /without a fallback Action\.Submit/],
    ['with an http link', card({ actions: [openUrl('http://x.example')] }), /not an https address/],
    ['with a script link', card({ actions: [openUrl('javascript:alert(1)')] }), /not an https address/],
    ['with an http picture', body({ type: 'Image', url: 'http://x.example/a.png' }), /not an https address/],
    ['with a Markdown link in a text block', card({}, 'see [this](https://x.example)'), /Markdown link in TextBlock/],
    [
      'with a Markdown link in a fact',
      body({ type: 'FactSet', facts: [{ title: 'a', value: '[x](https://x.example)' }] }),
      /Markdown link in a fact/,
    ],
    ['with a function of dates', card({}, '{{DATE(2026-01-01T00:00:00Z, SHORT)}}'), /function of cards/],
    [
      'with a function of dates in a run of text',
      body({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '{{ TIME(2026-01-01T00:00:00Z)}}' }] }),
      /function of cards/,
    ],
    [
      'that toggles what is not there',
      card({ actions: [{ type: 'Action.ToggleVisibility', title: 'x', targetElements: ['gone'] }] }),
      /toggles “gone”/,
    ],
    ['that refreshes for a stranger', card(refresh(['29:nobody'])), /nobody here is “29:nobody”/],
    ['with a mention that is not declared', card({}, '<at>Ada</at>'), /<at>Ada<\/at> without an entity/],
    ['that is none', { type: 'HeroCard' }, /no Adaptive Card/],
  ];
  test.each(bad)('%s', async (_name, content, violation) => {
    await send(cardMessage(content));
    expect(teams.violations).toContainEqual(expect.stringMatching(violation));
  });

  test('are not looked into where a load test asked for that', async () => {
    const loaded = await FakeTeams.start({ checksContent: false });
    const path = `conversations/${loaded.personalChat(loaded.person('Ada')).id}/activities`;
    expect((await connectorCall(loaded, 'POST', path, cardMessage(card({ version: '9.9' })))).status).toBe(201);
    expect((await connectorCall(loaded, 'POST', path, { type: 'message', txt: 'x' })).status).toBe(400);
    expect(loaded.violations).toHaveLength(1);
    await loaded.stop();
  });

  test('words of people in a run of text are shown as they are', async () => {
    const inlines = [{ type: 'TextRun', text: '[x](https://x.example) <at>Eve</at> **b**' }];
    await send(cardMessage(body({ type: 'RichTextBlock', inlines })));
    expect(teams.violations).toEqual([]);
  });

  test('a button inside a card that a button shows brings the inputs of both', async () => {
    const inner = { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'b' }], actions: [execute('Send', 'send')] };
    const content = card({
      body: [{ type: 'Input.Text', id: 'a', value: '1' }],
      actions: [{ type: 'Action.ShowCard', title: 'More', card: inner }],
    });
    const who = ada();
    const chat = chatFor(who);
    const { id } = (await send(cardMessage(content), chat)).body as { id: string };
    expect(teams.violations).toEqual([]);
    teams.deliversTo('http://127.0.0.1:9/nobody-listens');
    const { activity, error } = await teams.presses(who, id, 'send', { b: '2' });
    expect(activity.value).toMatchObject({ action: { data: { a: '1', b: '2' } } });
    expect(error).toBe('Something went wrong. Please try again.');
    await expect(teams.presses(who, id, 'More')).rejects.toThrow('it tells the bot nothing');
  });
});
