import { chatSubject } from '../../../src/core/ports';
import { someone, startTeams, type TeamsEdge, yesNo } from '../../builders/teams';
import { fault } from '../../fakes/teams/teams';

jest.setTimeout(30_000);

let edge: TeamsEdge;
beforeAll(async () => {
  edge = await startTeams();
});
afterAll(() => edge.stop());
afterEach(() => expect(edge.teams.violations).toEqual([]));

const sent = { kind: 'sent' };
const texts = (card: unknown): string[] =>
  [...JSON.stringify(card).matchAll(/"type":"TextRun","text":"([^"]*)"/g)].map((match) => match[1]!);

describe('what the bot says', () => {
  it('stands on one card for the whole turn, and as text for those who see no cards', async () => {
    const { chat, conversation } = await someone(edge);
    const lines = [
      'Stop for a moment.',
      { from: 'admin' as const, name: 'Grace', text: 'I am on it' },
      'Did this help?',
    ];
    expect(await edge.says(conversation, 1, lines, { buttons: yesNo })).toEqual(sent);
    const [, shown, ...more] = edge.teams.shown(chat);
    expect(more).toEqual([]);
    expect(texts(shown?.card)).toEqual(['Stop for a moment.', 'Grace (administrator)', 'I am on it', 'Did this help?']);
    expect(shown).toMatchObject({
      text: '',
      buttons: ['That worked', 'Still stuck'],
      summary:
        'Stop for a moment.\n\nGrace (administrator): I am on it\n\nDid this help?\n\n[That worked] [Still stuck]',
    });
  });

  it('goes to the thread where it was asked', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    const channel = teams.channel(teams.team('Ops', [ada]), 'Help');
    const { activity } = await teams.mentions(ada, channel, 'lost my phone');
    const thread = teams.thread(channel, activity.id);
    const conversation = `teams:${teams.tenantId}:${channel.id}:${activity.id}:${ada.aadObjectId}`;
    await edge.says(conversation, 1, ['Which kind of user?'], { buttons: yesNo });
    expect(teams.shown(thread)).toMatchObject([{ from: 'Ada' }, { from: 'bot', conversation: thread.id }]);
  });

  it('opens the person’s own chat when what began in a channel goes on alone', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    const chat = teams.personalChat(ada);
    await teams.mentions(ada, teams.channel(teams.team('Ops', [ada]), 'Help'), 'lost my phone');
    const { shared } = edge.received.at(-1)!;
    await edge.store.saveAddress(shared!.conversation, shared!.address, 1);
    expect(await edge.says(shared!.conversation, 1, ['Now between us.'])).toEqual(sent);
    expect(teams.shown(chat)).toMatchObject([{ from: 'bot' }]);
    expect(await edge.store.address(shared!.conversation)).toMatchObject({ conversation: chat.id });
    await edge.says(shared!.conversation, 2, ['And more.']);
    expect(teams.calls.filter(({ route }) => route === 'createConversation')).toHaveLength(1);
  });

  it('cannot go where nothing is known of', async () => {
    expect(await edge.says('teams:t:nobody', 1, ['hello?'])).toEqual({
      kind: 'permanent',
      error: 'Teams: nothing is known of where teams:t:nobody is',
    });
  });

  it('is told to one person alone, wherever they pressed', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    const chat = teams.personalChat(ada);
    await teams.mentions(ada, teams.groupChat([ada]), 'hello');
    const { conversation, person, address } = edge.received.at(-1)!;
    const say = { name: 'phrases/x', say: [[{ text: 'Only administrators may.' }]], buttons: yesNo, links: [] };
    const notice = {
      kind: 'notice' as const,
      platform: 'teams' as const,
      conversation,
      person,
      address: address!,
      say,
    };
    expect(await edge.platform.sender.send(notice, 'n', 1)).toEqual(sent);
    expect(teams.shown(chat)).toMatchObject([{ from: 'bot', summary: 'Only administrators may.', buttons: [] }]);
    expect(await edge.platform.sender.send({ ...notice, address: null }, 'n', 1)).toMatchObject({ kind: 'permanent' });
  });
});

describe('one message with live buttons', () => {
  const live = async (conversation: string) => (await edge.store.posts(chatSubject(conversation))).map(({ id }) => id);

  it('is changed in place by a press', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo });
    await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo, replaces: true });
    await edge.says(conversation, 3, ['Good to hear.'], { replaces: true });
    const shown = edge.teams.shown(chat).filter(({ from }) => from === 'bot');
    expect(shown).toMatchObject([{ edited: true, buttons: [] }]);
    expect(texts(shown[0]?.card)).toEqual(['Good to hear.']);
    expect(await live(conversation)).toEqual([]);
  });

  it('makes way for a new one after typed words, and keeps its own words', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo });
    await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo });
    const [old, now] = edge.teams.shown(chat).filter(({ from }) => from === 'bot');
    expect([old?.buttons, texts(old?.card)]).toEqual([[], ['Which kind?']]);
    expect(old?.summary).toBe('Which kind?');
    expect(now?.buttons).toHaveLength(2);
    expect(await live(conversation)).toEqual([now?.id]);
  });

  it('keeps its buttons when somebody says a word in between', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 4, ['Which kind?'], { buttons: yesNo });
    await edge.says(conversation, 4, ['Grace has taken your request.']);
    await edge.says(conversation, 4, [{ from: 'admin', name: 'Grace', text: 'one moment' }]);
    expect(edge.teams.shown(chat).map(({ buttons }) => buttons.length)).toEqual([0, 2, 0, 0]);
    await edge.says(conversation, 5, ['Passed on.']);
    expect(edge.teams.shown(chat).map(({ buttons }) => buttons.length)).toEqual([0, 0, 0, 0, 0]);
  });

  it('is posted anew when the old one is gone', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo });
    const gone = edge.teams.fails('update', fault.conversationNotFound(), { times: 1, conversation: chat });
    expect(await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo, replaces: true })).toEqual(sent);
    expect(gone.hits).toBe(1);
    expect(edge.teams.shown(chat).filter(({ from }) => from === 'bot')).toHaveLength(2);
    expect(await live(conversation)).toEqual([edge.teams.lastFromBot(chat)?.id]);
  });

  it('is posted below when the pressed button stood elsewhere', async () => {
    const { person, chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo });
    await edge.teams.says(person, chat, 'home');
    const home = await edge.teams.until(() =>
      edge.teams.shown(chat).find(({ buttons }) => buttons.includes('Refresh')),
    );
    await edge.teams.presses(person, home.id, 'Lost MFA device');
    await edge.says(conversation, 2, ['Let us look at that.'], { buttons: yesNo, replaces: true });
    const shown = edge.teams.shown(chat).filter(({ from }) => from === 'bot');
    expect(shown.map(({ buttons }) => buttons)).toEqual([[], home.buttons, ['That worked', 'Still stuck']]);
  });

  it('is not posted twice when a later step of the same delivery failed', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo, key: 'k1' });
    edge.teams.fails('update', fault.serverError(), { times: 1, conversation: chat });
    // The old one could not be changed: the delivery is tried again for it, and finds its own message in its place.
    expect(await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo, key: 'k2' })).toMatchObject({
      kind: 'temporary',
    });
    expect(edge.teams.shown(chat).map(({ buttons }) => buttons.length)).toEqual([0, 2, 2]);
    expect(await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo, key: 'k2' })).toEqual(sent);
    expect(edge.teams.shown(chat).map(({ buttons }) => buttons.length)).toEqual([0, 0, 2]);
  });

  it('a press that replaces may be delivered again without harm', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.says(conversation, 1, ['Which kind?'], { buttons: yesNo });
    edge.teams.fails('update', fault.droppedAfter(), { times: 1, conversation: chat });
    const again = { buttons: yesNo, replaces: true, key: 'same' };
    expect(await edge.says(conversation, 2, ['Try this.'], again)).toMatchObject({ kind: 'temporary' });
    expect(await edge.says(conversation, 2, ['Try this.'], again)).toEqual(sent);
    expect(edge.teams.shown(chat).filter(({ from }) => from === 'bot')).toHaveLength(1);
  });

  it('does not care for what it cannot read of an earlier version', async () => {
    const { chat, conversation } = await someone(edge);
    await edge.store.savePost({ subject: chatSubject(conversation), id: 'old', ref: { strange: true }, version: 1 });
    expect(await edge.says(conversation, 2, ['Try this.'], { buttons: yesNo, replaces: true })).toEqual(sent);
    expect(edge.teams.lastFromBot(chat)?.buttons).toHaveLength(2);
  });
});

describe('size', () => {
  const filler = (characters: number) => Array.from({ length: Math.ceil(characters / 1_000) }, () => 'x'.repeat(1_000));
  const bytes = () => Buffer.byteLength(JSON.stringify(edge.teams.calls.at(-1)?.body));

  it.each([20, 24, 25, 26, 27, 28, 29, 60, 200])('of %i KB arrives, below what Teams takes', async (kilobytes) => {
    const { chat, conversation } = await someone(edge);
    const say = filler(kilobytes * 1024).map((text) => [{ text }]);
    const line = { from: 'bot' as const, reply: { name: 'a/b', say, buttons: yesNo, links: [] } };
    expect(await edge.says(conversation, 1, [line], { buttons: yesNo })).toEqual(sent);
    expect(bytes()).toBeLessThanOrEqual(28 * 1024);
    expect(edge.teams.lastFromBot(chat)?.buttons).toHaveLength(2);
  });

  it('splits a turn of many words before it leaves any out', async () => {
    const { chat, conversation } = await someone(edge);
    const lines = [1, 2, 3].map((part) => ({
      from: 'bot' as const,
      reply: { name: 'a/b', say: filler(12_000).map((text) => [{ text: `${part}${text}` }]), buttons: [], links: [] },
    }));
    expect(await edge.says(conversation, 1, lines, { buttons: yesNo })).toEqual(sent);
    const shown = edge.teams.shown(chat).filter(({ from }) => from === 'bot');
    expect(shown.map(({ buttons }) => buttons.length)).toEqual([0, 0, 2]);
    expect(JSON.stringify(shown.map(({ card }) => card)).includes('left out')).toBe(false);
  });

  it('is halved when Teams finds it too big all the same, once', async () => {
    const { chat, conversation } = await someone(edge);
    const say = filler(18_000).map((text) => [{ text }]);
    const line = { from: 'bot' as const, reply: { name: 'a/b', say, buttons: yesNo, links: [] } };
    edge.teams.fails('send', fault.tooBig(), { times: 1, conversation: chat });
    expect(await edge.says(conversation, 1, [line], { buttons: yesNo })).toEqual(sent);
    expect(bytes()).toBeLessThan(16 * 1024);
    const always = edge.teams.fails('send', fault.tooBig(), { conversation: chat });
    expect(await edge.says(conversation, 2, [line], { buttons: yesNo })).toMatchObject({
      kind: 'permanent',
      error: expect.stringContaining('MessageSizeTooBig'),
    });
    expect(always.hits).toBe(2);
    always.lift();
  });
});

describe('what goes wrong on the way out', () => {
  const temporary = { kind: 'temporary', error: expect.stringMatching(/^Teams: /) };
  const permanent = (code: string) => ({ kind: 'permanent', error: expect.stringContaining(code) });

  it.each([
    ['500', fault.serverError(), temporary],
    ['502', fault.badGateway(), temporary],
    ['503', fault.unavailable(), temporary],
    ['504', fault.gatewayTimeout(), temporary],
    ['412', fault.preconditionFailed(), temporary],
    ['a dropped connection', fault.droppedBefore(), temporary],
    ['a lost answer', fault.droppedAfter(), temporary],
    ['half an answer', fault.halfResponse(), temporary],
    ['429 with a wait', fault.throttled(3), { ...temporary, retryAfter: 3_000 }],
    ['429 without one', fault.throttled(), { ...temporary, retryAfter: expect.any(Number) }],
    ['a bot switched off', fault.botDisabledByAdmin(), permanent('switched the app off')],
    ['a bot that is not there', fault.botNotInRoster(), permanent('not a member there')],
    ['an archived place', fault.writesBlocked(), permanent('nobody may write there')],
    ['a person who blocks', fault.blockedByUser(), permanent('has blocked the bot')],
    ['a lost conversation', fault.conversationNotFound(), permanent('no such conversation')],
  ])('is told apart: %s', async (_name, what, expected) => {
    const { chat, conversation } = await someone(edge);
    const ordered = edge.teams.fails('send', what, { conversation: chat });
    expect(await edge.says(conversation, 1, ['hello'])).toEqual(expected);
    // One try for each call: whether there is another is the outbox's matter.
    expect(ordered.hits).toBe(1);
    ordered.lift();
  });

  it('a redirect is not followed: it could lead a token away', async () => {
    const { chat, conversation } = await someone(edge);
    const headers = { location: `${edge.teams.serviceUrl}v3/conversations/elsewhere/activities` };
    const ordered = edge.teams.fails(
      'send',
      { kind: 'status', status: 307, body: {}, headers },
      { conversation: chat },
    );
    const before = edge.teams.calls.length;
    expect(await edge.says(conversation, 1, ['hello'])).toEqual(permanent('HTTP 307'));
    expect(edge.teams.calls.length - before).toBe(1);
    ordered.lift();
  });

  it('a service that never answers is given up after a while', async () => {
    const { chat, conversation } = await someone(edge);
    const hanging = edge.teams.fails('send', fault.hang(), { conversation: chat });
    const sending = edge.says(conversation, 1, ['hello']);
    expect(await sending).toEqual({ kind: 'temporary', error: expect.stringContaining('no answer') });
    hanging.lift();
  }, 20_000);

  it('a conversation that is told to wait is left alone meanwhile, and others go on', async () => {
    const [busy, free] = [await someone(edge, 'Busy'), await someone(edge, 'Free')];
    const ordered = edge.teams.fails('send', fault.throttled(60), { conversation: busy.chat });
    await edge.says(busy.conversation, 1, ['one']);
    const second = await edge.says(busy.conversation, 1, ['two']);
    expect(second).toMatchObject({ kind: 'temporary', retryAfter: expect.any(Number) });
    expect(ordered.hits).toBe(1);
    expect(await edge.says(free.conversation, 1, ['hello'])).toEqual(sent);
    ordered.lift();
  });

  it('never exceeds what Teams takes in one conversation', async () => {
    const strict = await startTeams({ fake: { pace: true } });
    const { conversation, chat } = await someone(strict);
    const results = [];
    for (let turn = 1; turn <= 20; turn++) results.push(await strict.says(conversation, turn, [`${turn}`]));
    const left = results.filter(({ kind }) => kind === 'sent').length;
    expect(left).toBeGreaterThanOrEqual(7);
    expect(results.filter(({ kind }) => kind === 'sent')).toHaveLength(
      strict.teams.shown(chat).filter(({ from }) => from === 'bot').length,
    );
    expect(strict.teams.calls.filter(({ status }) => status === 429)).toEqual([]);
    await strict.stop();
  });

  it('a token that is no longer honoured is replaced at once', async () => {
    const { conversation } = await someone(edge);
    await edge.says(conversation, 1, ['one']);
    edge.teams.revokeTokens();
    expect(await edge.says(conversation, 2, ['two'])).toEqual(sent);
  });

  it('a token that cannot be had lets the message wait', async () => {
    const { conversation } = await someone(edge);
    edge.teams.revokeTokens();
    edge.teams.secretBecomes('expired');
    expect(await edge.says(conversation, 1, ['one'])).toMatchObject({
      kind: 'temporary',
      error: expect.stringContaining('TEAMS_APP_PASSWORD has expired'),
    });
    edge.teams.secretBecomes('good');
    expect(await edge.says(conversation, 1, ['one'])).toEqual(sent);
  });
});

describe('words of people', () => {
  const parts = [
    ...[
      '<at>everyone</at>',
      '[x](https://evil.example)',
      '**b**',
      '_i_',
      '`code`',
      '# head',
      '\n- item',
      '{{DATE(2026,SHORT)}}',
    ],
    ...[
      '<script>alert(1)</script>',
      '&lt;',
      '\u202e',
      '\ud800',
      '\u0000',
      '<!channel>',
      '${x}',
      '@Ada',
      '![p](https://evil.example)',
    ],
    ...['{"type":"Action.OpenUrl"}', 'https://evil.example', '</at>', '<at', '{{', '\u2028', '~~s~~'],
  ];

  it('never become markup, links or mentions: 500 hostile ones', async () => {
    const mixed = (seed: number) =>
      Array.from({ length: 6 }, (_, at) => parts[(seed * 7 + at * (1 + (seed % 5))) % parts.length]!);
    const words = Array.from({ length: 500 }, (_, seed) => mixed(seed).join(' '));
    for (let from = 0; from < words.length; from += 25) {
      const { conversation } = await someone(edge, `Hostile ${from}`);
      const say = words.slice(from, from + 23).map((text) => [{ text }]);
      const line = { from: 'bot' as const, reply: { name: 'a/b', say, buttons: yesNo, links: [] } };
      const admin = { from: 'admin' as const, name: words[from + 23]!, text: words[from + 24]! };
      expect(await edge.says(conversation, 1, [line, admin], { buttons: yesNo })).toEqual(sent);
    }
    const cards = JSON.stringify(edge.teams.calls.slice(-20).map(({ body }) => body));
    expect(cards).not.toMatch(/"TextBlock"|"msteams"|\{\{|\u202e/);
    expect(edge.teams.violations).toEqual([]);
  });
});
