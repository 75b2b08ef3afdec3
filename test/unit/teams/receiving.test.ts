import type { Incoming } from '../../../src/core/message';
import { readAddress } from '../../../src/platforms/teams/address';
import { someone, startTeams, type TeamsEdge } from '../../builders/teams';

jest.setTimeout(30_000);

let edge: TeamsEdge;
let onRecord: ((incoming: Incoming) => Promise<void> | void) | undefined;
beforeAll(async () => {
  edge = await startTeams({ whileRecording: (incoming) => onRecord?.(incoming) });
});
afterAll(() => edge.stop());
beforeEach(() => {
  onRecord = undefined;
  edge.received.length = 0;
  edge.refused.length = 0;
});
afterEach(() => expect(edge.teams.violations).toEqual([]));

describe('a message alone with the bot', () => {
  it('is the person’s private conversation, with all that is needed to answer', async () => {
    const { person, chat, conversation, wrote } = await someone(edge, 'Ada Lovelace', 'lost my phone');
    expect(wrote.status).toBe(200);
    expect(edge.received).toEqual([
      {
        kind: 'text',
        platform: 'teams',
        key: `teams:${chat.id}:${wrote.activity.id}`,
        conversation,
        person: { id: person.aadObjectId, name: 'Ada Lovelace', member: true },
        at: expect.any(Number),
        text: 'lost my phone',
        secrets: [],
        address: {
          serviceUrl: edge.teams.serviceUrl,
          tenant: edge.teams.tenantId,
          scope: 'personal',
          conversation: chat.id,
          team: null,
          bot: edge.teams.bot.id,
          user: { id: person.id, aadObjectId: person.aadObjectId },
        },
      },
    ]);
  });

  it('loses its secrets before anything keeps it, and so do names of files and people', async () => {
    const eve = edge.teams.person('password: Hunter2!x');
    await edge.teams.sharesFile(eve, edge.teams.personalChat(eve), {
      name: 'key AKIAIOSFODNN7EXAMPLE.png',
      text: 'my password is Tr0ub4dor&3',
    });
    expect(edge.received[0]).toMatchObject({ text: 'my password is [removed: password]', secrets: ['password'] });
    expect(JSON.stringify(edge.received)).not.toMatch(/Hunter2|AKIAIOSFODNN7EXAMPLE|Tr0ub4dor/);
    expect(JSON.stringify(await edge.store.pending())).not.toMatch(/Hunter2|AKIAIOSFODNN7EXAMPLE|Tr0ub4dor/);
  });

  it.each([
    ['  spaces around\n', 'spaces around'],
    ['<at>Helpdesk</at> by name', 'Helpdesk by name'],
    ['a\u00a0b&nbsp;c', 'a b c'],
    ['5 < 6 & <b>bold</b>', '5 < 6 & <b>bold</b>'],
  ])('is read as typed: %j', async (rawText, text) => {
    const ada = edge.teams.findOrAdd('Ada');
    await edge.teams.says(ada, edge.teams.personalChat(ada), '', { rawText });
    expect(edge.received).toMatchObject([{ kind: 'text', text }]);
  });

  it('may be long, but not endless', async () => {
    const { wrote } = await someone(edge, 'Longo', 'word '.repeat(20_000));
    expect(wrote.status).toBe(200);
    expect((edge.received[0] as { text: string }).text.length).toBeLessThanOrEqual(16_000);
  });

  it('may be a file, a picture, or words with a file', async () => {
    const ada = edge.teams.findOrAdd('Ada');
    const chat = edge.teams.personalChat(ada);
    await edge.teams.sharesFile(ada, chat, { name: 'screen.png' });
    await edge.teams.sharesFile(ada, chat, { name: 'ignored', image: true });
    await edge.teams.sharesFile(ada, chat, { name: 'screen.png', text: 'this is what I see' });
    expect(edge.received.map(({ kind, ...rest }) => [kind, rest])).toMatchObject([
      ['file', { name: 'screen.png' }],
      ['file', { name: 'picture' }],
      ['text', { text: 'this is what I see', files: ['screen.png'] }],
    ]);
  });

  it('can be changed and taken back', async () => {
    const { person, wrote } = await someone(edge);
    const [{ key }] = edge.received as [Incoming];
    await edge.teams.edits(person, wrote.activity.id, 'lost my laptop');
    await edge.teams.deletes(person, wrote.activity.id);
    expect(edge.received.slice(1)).toMatchObject([
      { kind: 'edit', of: key, text: 'lost my laptop' },
      { kind: 'delete', of: key },
    ]);
  });

  it('counts once, however often Teams sends it', async () => {
    const { person, chat, wrote } = await someone(edge);
    await edge.teams.resends(wrote);
    await edge.teams.resends(wrote);
    const change = await edge.teams.edits(person, wrote.activity.id, 'another');
    await edge.teams.resends(change);
    await edge.teams.edits(person, wrote.activity.id, 'lost my phone');
    await edge.teams.says(person, chat, 'lost my phone');
    expect(edge.received.map(({ kind }) => kind)).toEqual(['text', 'edit', 'edit', 'text']);
  });

  it('of another bot is not answered', async () => {
    const ada = edge.teams.findOrAdd('Ada');
    const chat = edge.teams.personalChat(ada);
    const bot = { id: '28:another-bot', name: 'Robby' };
    for (const from of [bot, { id: edge.teams.bot.id }, { id: ada.id, role: 'bot' }]) {
      const activity = edge.teams.activity(ada, chat, { type: 'message', text: 'hello, fellow bot', from });
      expect((await edge.teams.post(activity)).status).toBe(200);
    }
    expect(edge.received).toEqual([]);
  });
});

describe('among others', () => {
  it('only a mention is heard, and each person has an own conversation in a thread', async () => {
    const { teams } = edge;
    const [ada, bob] = [teams.person('Ada'), teams.person('Bob')];
    const channel = teams.channel(teams.team('Ops', [ada, bob]), 'General help');
    await teams.says(ada, channel, 'nobody asked the bot');
    const first = await teams.mentions(ada, channel, 'lost my phone');
    const thread = teams.thread(channel, first.activity.id);
    await teams.mentions(bob, channel, 'me too', { thread });
    const root = first.activity.id;
    expect(edge.received).toMatchObject([
      {
        kind: 'text',
        text: 'lost my phone',
        conversation: `teams:${teams.tenantId}:${channel.id}:${root}:${ada.aadObjectId}`,
        address: { conversation: thread.id, scope: 'channel', team: channel.team.id },
        shared: {
          conversation: `teams:${teams.tenantId}:${ada.aadObjectId}`,
          address: { conversation: null, scope: 'personal', user: { id: ada.id } },
          outsiders: false,
        },
      },
      { text: 'me too', conversation: `teams:${teams.tenantId}:${channel.id}:${root}:${bob.aadObjectId}` },
    ]);
  });

  it('messages that reach the bot without a mention are dropped', async () => {
    const { teams } = edge;
    const ada = teams.findOrAdd('Ada');
    const group = teams.groupChat([ada, teams.person('Bob')]);
    const activity = teams.activity(ada, group, { type: 'message', text: 'between us' });
    expect((await teams.post(activity)).status).toBe(200);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['teams: message without a mention']);
  });

  it('a group chat works the same', async () => {
    const { teams } = edge;
    const ada = teams.findOrAdd('Ada');
    const group = teams.groupChat([ada, teams.person('Bob')]);
    await teams.mentions(ada, group, 'lost my phone');
    expect(edge.received).toMatchObject([
      { conversation: `teams:${teams.tenantId}:${group.id}:-:${ada.aadObjectId}`, text: 'lost my phone' },
    ]);
  });

  it('nothing but the bot’s name is a greeting', async () => {
    const { teams } = edge;
    const ada = teams.findOrAdd('Ada');
    await teams.mentions(ada, teams.groupChat([ada]), '');
    expect(edge.received).toMatchObject([{ kind: 'press', press: 'hello' }]);
  });

  it('names of others stay words', async () => {
    const { teams } = edge;
    const [ada, bob] = [teams.findOrAdd('Ada'), teams.person('Bob')];
    const group = teams.groupChat([ada, bob]);
    const tag = (person: { id: string; name: string }, text: string) => ({
      type: 'mention',
      mentioned: { id: person.id, name: person.name },
      text,
    });
    const activity = teams.activity(ada, group, {
      type: 'message',
      text: '<at>Helpdesk</at> <at>Bobby</at> lost <at>unknown</at> phone',
      entities: [tag(teams.bot, '<at>Helpdesk</at>'), tag(bob, '<at>Bobby</at>'), null, { type: 'mention' }, 7],
    });
    expect((await teams.post(activity)).status).toBe(200);
    expect(edge.received).toMatchObject([{ text: 'Bob lost unknown phone' }]);
  });

  it('tells that outsiders read along in a shared channel, and who is no member', async () => {
    const { teams } = edge;
    const [ada, partner] = [teams.findOrAdd('Ada'), teams.person('Pat', { tenantId: 'partner-tenant' })];
    const channel = teams.channel(teams.team('Ops', [ada]), 'With partners', { shared: [ada, partner] });
    await teams.mentions(ada, channel, 'hello');
    const [incoming] = edge.received;
    expect(incoming).toMatchObject({ shared: { outsiders: true }, person: { member: true } });
    // The channel has its own members; its team does not know them all.
    expect(readAddress(incoming?.address ?? null)).toMatchObject({ team: null });
  });

  it('somebody without a directory entry is no member', async () => {
    const { teams } = edge;
    const guest = teams.person('Gast', { userRole: 'anonymous' });
    await teams.mentions(guest, teams.groupChat([guest]), 'hello');
    expect(edge.received).toMatchObject([{ person: { id: guest.id, member: false } }]);
  });
});

describe('first contact', () => {
  it('is greeted once for ever, however the app is installed', async () => {
    const { teams } = edge;
    const ada = teams.person('Grete');
    const chat = teams.personalChat(ada, { installed: false });
    const statuses = [...(await teams.installs(ada, chat)), ...(await teams.installs(ada, chat))].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(edge.received).toMatchObject([
      { kind: 'press', press: 'first_contact', address: { conversation: chat.id } },
    ]);
  });

  it('is silent in teams and group chats, but the places are known from then on', async () => {
    const { teams } = edge;
    const ada = teams.findOrAdd('Ada');
    const team = teams.team('Ops', [ada], { installed: false });
    await teams.installs(ada, team);
    await teams.joins(teams.person('Bob'), team);
    const group = teams.groupChat([ada], { installed: false });
    await teams.installs(ada, group);
    expect(edge.received).toEqual([]);
    expect(await edge.store.address(`teams-place:${team.id}`)).toMatchObject({
      scope: 'channel',
      conversation: team.id,
      user: null,
    });
    expect(await edge.store.address(`teams-place:${group.id}`)).toMatchObject({ scope: 'groupChat' });
    await teams.uninstalls(ada, team);
    expect(await edge.store.address(`teams-place:${team.id}`)).toMatchObject({ gone: true });
    await teams.installs(ada, team);
    expect(await edge.store.address(`teams-place:${team.id}`)).not.toHaveProperty('gone');
  });

  it('forgets a channel that is deleted, and not its team', async () => {
    const { teams } = edge;
    const ada = teams.findOrAdd('Ada');
    const team = teams.team('Ops', [ada], { installed: false });
    await teams.installs(ada, team);
    const channel = teams.channel(team, 'Short-lived');
    await teams.mentions(ada, channel, 'hello');
    const event = { eventType: 'channelDeleted', channel: { id: channel.id, name: 'Short-lived' } };
    const deleted = teams.activity(ada, team.channels[0]!, { type: 'conversationUpdate', channelData: event });
    expect((await teams.post(deleted)).status).toBe(200);
    expect(await edge.store.address(`teams-place:${channel.id}`)).toMatchObject({ gone: true });
    expect(await edge.store.address(`teams-place:${team.id}`)).not.toHaveProperty('gone');
  });

  it('keeps the chat of a person who then writes in a channel', async () => {
    const { teams } = edge;
    const { person, chat } = await someone(edge, 'Zoe');
    await teams.mentions(person, teams.groupChat([person]), 'hi');
    expect(await edge.store.address(`teams-place:${person.aadObjectId}`)).toMatchObject({ conversation: chat.id });
  });
});

describe('recording comes before the answer', () => {
  it('answers only when the message is written down', async () => {
    let recorded = () => {};
    const reached = new Promise<void>((atIt) => {
      onRecord = () => {
        atIt();
        return new Promise<void>((resolve) => {
          recorded = resolve;
        });
      };
    });
    let answered = false;
    const sending = someone(edge).then(({ wrote }) => {
      answered = true;
      return wrote;
    });
    await reached;
    // A request that is not held back would be answered meanwhile.
    await edge.teams.post({}, { token: 'none' });
    expect(answered).toBe(false);
    recorded();
    expect((await sending).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  it('asks Teams to send again when it cannot be written down', async () => {
    onRecord = () => {
      throw new Error('disk full at /secret/path');
    };
    const { wrote } = await someone(edge);
    expect(wrote.status).toBe(500);
    expect(JSON.stringify(wrote.body)).not.toContain('disk');
    onRecord = undefined;
    expect((await edge.teams.resends(wrote)).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  it('asks Teams to send again while the keys are out of reach', async () => {
    const own = await startTeams();
    own.teams.fails('metadata', { kind: 'dropped-before' }, { times: 1 });
    const { wrote } = await someone(own);
    expect(wrote.status).toBe(503);
    expect(own.received).toEqual([]);
    expect((await own.teams.resends(wrote)).status).toBe(200);
    await own.stop();
  });

  it('takes nothing in while it stops', async () => {
    const own = await startTeams();
    await own.platform.stop();
    const { wrote } = await someone(own);
    expect(wrote.status).toBe(503);
    await own.stop();
  });
});

describe('the typing sign', () => {
  let own: TeamsEdge;
  beforeEach(async () => {
    own = await startTeams();
  });
  afterEach(() => own.stop());

  it('is shown when an answer takes long, and not otherwise', async () => {
    const { teams } = own;
    const quick = await someone(own, 'Quick');
    await own.says(quick.conversation, 1, ['here you are']);
    const slow = await someone(own, 'Slow');
    await teams.until(() => teams.isTypingIn(slow.chat));
    const typing = teams.calls.filter(({ body }) => (body as { type?: string })?.type === 'typing');
    expect(typing).toMatchObject([{ conversation: slow.chat.id }]);
  });

  it('is left out where an administrator does the talking', async () => {
    const { teams } = own;
    const { person, chat, conversation } = await someone(own, 'Patient');
    await own.says(conversation, 1, [{ from: 'admin', name: 'Grace', text: 'done?' }]);
    await teams.says(person, chat, 'yes');
    const other = await someone(own, 'Other');
    await teams.until(() => teams.isTypingIn(other.chat));
    expect(teams.isTypingIn(chat)).toBe(false);
  });
});
