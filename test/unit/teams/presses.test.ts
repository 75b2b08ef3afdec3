import { ticketSubject } from '../../../src/core/ports';
import { pings, someone, startTeams, type TeamsEdge, ticketIn, words, yesNo } from '../../builders/teams';
import type { Channel, Person } from '../../fakes/teams/teams';

jest.setTimeout(30_000);

let edge: TeamsEdge;
beforeAll(async () => {
  edge = await startTeams();
});
afterAll(() => edge.stop());
beforeEach(() => {
  edge.received.length = 0;
  edge.refused.length = 0;
});
afterEach(() => expect(edge.teams.violations).toEqual([]));

const gotIt = /^Got it/;

describe('a button of the conversation', () => {
  it('is recorded, answered at once with a word, and carries its turn', async () => {
    const { person, chat, conversation } = await someone(edge);
    await edge.says(conversation, 3, ['Did this help?'], { buttons: yesNo });
    edge.received.length = 0;
    const pressed = await edge.teams.presses(person, edge.teams.lastFromBot(chat)!.id, 'That worked');
    expect(pressed).toMatchObject({ status: 200, message: expect.stringMatching(gotIt) });
    expect(edge.received).toMatchObject([{ kind: 'press', press: 'solved', turn: 3, conversation }]);
  });

  it('means the same from a client that knows no Action.Execute', async () => {
    const { person, chat, conversation } = await someone(edge);
    await edge.says(conversation, 3, ['Did this help?'], { buttons: yesNo });
    edge.received.length = 0;
    const { status } = await edge.teams.submits(person, edge.teams.lastFromBot(chat)!.id, 'Still stuck');
    expect(status).toBe(200);
    expect(edge.received).toMatchObject([{ kind: 'press', press: 'not_solved', turn: 3, conversation }]);
  });

  it('counts once, by whatever ids the press arrives', async () => {
    const { person, chat, conversation } = await someone(edge);
    await edge.says(conversation, 3, ['Did this help?'], { buttons: yesNo });
    edge.received.length = 0;
    const card = edge.teams.lastFromBot(chat)!.id;
    const pressed = await edge.teams.presses(person, card, 'That worked');
    await edge.teams.pressesAgain(pressed);
    await edge.teams.resends(pressed);
    await edge.teams.submits(person, card, 'That worked');
    expect(edge.received).toHaveLength(1);
  });

  it('belongs to one person where others see it too', async () => {
    const { teams } = edge;
    const [ada, bob] = [teams.person('Ada'), teams.person('Bob')];
    const bobsChat = teams.personalChat(bob);
    const group = teams.groupChat([ada, bob]);
    await teams.mentions(ada, group, 'lost my phone');
    await edge.says(edge.received[0]!.conversation, 1, ['Which kind?'], { buttons: yesNo });
    edge.received.length = 0;
    const card = teams.lastFromBot(group)!.id;
    expect(await teams.presses(bob, card, 'That worked')).toMatchObject({ message: words.notYourButton });
    // A press by message has no answer of its own, so the word goes to the chat alone.
    await teams.submits(bob, card, 'That worked');
    const whispered = await teams.until(() => teams.lastFromBot(bobsChat));
    expect(whispered.summary).toBe(words.notYourButton);
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['teams: button of somebody else', 'teams: button of somebody else']);
    await teams.presses(ada, card, 'That worked');
    expect(edge.received).toMatchObject([{ press: 'solved', conversation: expect.stringContaining(ada.aadObjectId) }]);
  });

  it.each([
    ['no data', undefined],
    ['strange data', { action: { type: 'Action.Execute', verb: 'x', data: { nonsense: true } } }],
    ['data of a wrong type', { action: { data: { press: 5, turn: 'x', c: null } } }],
    ['another conversation', { action: { data: { press: 'solved', turn: 1, c: 'teams:t:somebody' } } }],
    ['no object', 'solved'],
    ['a huge number', { action: { data: { ticket: 1e99, action: 'claim' } } }],
    ['an unknown action', { action: { data: { ticket: 1042, action: 'delete_everything' } } }],
  ])('is not taken from a client that invents it: %s', async (_name, value) => {
    const { person, chat } = await someone(edge);
    edge.received.length = 0;
    const { status, body } = await edge.teams.invokes(person, chat, 'adaptiveCard/action', value);
    expect(status).toBe(200);
    expect([words.unknownCard, words.notYourButton]).toContain((body as { value: string }).value);
    expect(edge.received).toEqual([]);
  });
});

describe('a button on a ticket', () => {
  let grace: Person;
  let channel: Channel;
  let id = 2000;
  beforeEach(async () => {
    grace = edge.teams.person('Grace');
    const team = edge.teams.team('Admins', [grace], { installed: false });
    await edge.teams.installs(grace, team);
    channel = edge.teams.channel(team, 'AWS');
    id += 1;
  });
  /** A ticket's card in the channel. */
  async function posted(): Promise<string> {
    ticketIn(edge, { id, number: `D-${id}` });
    expect(await pings(edge, channel.id, id)).toEqual({ kind: 'sent' });
    return edge.teams.lastFromBot(channel)!.id;
  }

  it('is recorded with the card it was pressed on', async () => {
    const card = await posted();
    const pressed = await edge.teams.presses(grace, card, 'Claim');
    expect(pressed).toMatchObject({ status: 200, message: expect.stringMatching(gotIt) });
    expect(edge.received).toMatchObject([
      {
        kind: 'ticket_action',
        ticket: id,
        action: 'claim',
        text: '',
        person: { id: grace.aadObjectId, name: 'Grace' },
        card: { destination: `teams:${channel.id}`, id: card },
        address: { conversation: `${channel.id};messageid=${card}` },
      },
    ]);
    expect(await edge.store.posts(ticketSubject(id, `teams:${channel.id}`))).toMatchObject([{ id: card }]);
  });

  it.each([
    ['Send reply', 'reply', 'reply_text'],
    ['Save note', 'note', 'note_text'],
    ['Mark as resolved', 'resolve', 'resolve_text'],
  ])('%s brings the words along, without secrets', async (title, action, input) => {
    const card = await posted();
    await edge.teams.presses(grace, card, title, { [input]: '  the code is 123456, bye ' });
    expect(edge.received).toMatchObject([{ action, text: 'the code is [removed: code], bye', secrets: ['code'] }]);
  });

  it('counts once for a version of the ticket; other words are another reply', async () => {
    const card = await posted();
    const pressed = await edge.teams.presses(grace, card, 'Send reply', { reply_text: 'hello' });
    await edge.teams.pressesAgain(pressed);
    await edge.teams.presses(grace, card, 'Send reply', { reply_text: 'hello again' });
    expect(edge.received.map((one) => one.kind === 'ticket_action' && one.text)).toEqual(['hello', 'hello again']);
    ticketIn(edge, { id, number: `D-${id}`, version: 2 });
    await pings(edge, channel.id, id, 'updated');
    await edge.teams.presses(grace, card, 'Send reply', { reply_text: 'hello' });
    expect(edge.received).toHaveLength(3);
  });

  it('needs words where words are the point', async () => {
    const card = await posted();
    const pressed = await edge.teams.presses(grace, card, 'Claim');
    const { value } = pressed.activity as unknown as { value: { action: { data: object } } };
    const data = { ...value.action.data, action: 'reply', reply_text: '   ' };
    const empty = edge.teams.activity(grace, edge.teams.thread(channel, card), {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: card,
      value: { action: { ...value.action, data } },
    });
    const { body } = await edge.teams.post(empty);
    expect(body).toMatchObject({ value: 'Write something first, then send it.' });
    expect(edge.received).toHaveLength(1);
  });

  it('does nothing on a copy of the card', async () => {
    const card = await posted();
    const pressed = await edge.teams.presses(grace, card, 'Claim');
    edge.received.length = 0;
    const elsewhere = edge.teams.groupChat([grace]);
    const copies = [
      { ...pressed.activity, id: 'f:1', replyToId: '1700000000000' },
      { ...pressed.activity, id: 'f:2', conversation: { id: elsewhere.id, tenantId: edge.teams.tenantId } },
      { ...pressed.activity, id: 'f:3', replyToId: undefined },
    ];
    for (const copy of copies) {
      const { status, body } = await edge.teams.post(copy);
      expect([status, (body as { value: string }).value]).toEqual([200, words.unknownCard]);
    }
    expect(edge.received).toEqual([]);
  });

  it('works in the chat of an administrator who is pinged alone', async () => {
    const { person, chat } = await someone(edge, 'Lead');
    for (const name of [person.aadObjectId, person.id]) {
      id += 1;
      ticketIn(edge, { id, number: `D-${id}` });
      expect(await pings(edge, name, id)).toEqual({ kind: 'sent' });
      edge.received.length = 0;
      await edge.teams.presses(person, edge.teams.lastFromBot(chat)!.id, 'Claim');
      expect(edge.received).toMatchObject([{ card: { destination: `teams:${name}` } }]);
    }
  });

  it('shows the card anew to those who watch it', async () => {
    const card = await posted();
    ticketIn(edge, { id, number: `D-${id}`, version: 2, stateText: 'Taken by Alan', actions: [] });
    const refreshed = await edge.teams.refreshes(grace, card);
    expect(JSON.stringify(refreshed.card)).toContain('Taken by Alan');
    // Whoever watches it has seen it, and that is all that is told.
    expect(edge.received).toMatchObject([{ kind: 'ticket_action', action: 'seen', ticket: id }]);
    edge.tickets.delete(id);
    expect(await edge.teams.refreshes(grace, card)).toMatchObject({ message: words.unknownCard });
  });

  it('tells nobody about a ticket whose card is not there', async () => {
    await posted();
    const { person, chat } = await someone(edge, 'Curious');
    const data = { refresh: id };
    const { body } = await edge.teams.invokes(person, chat, 'adaptiveCard/action', {
      action: { verb: 'refresh', data },
    });
    expect(body).toMatchObject({ value: words.unknownCard });
  });
});

describe('home', () => {
  it('is shown on the word, once for each time it is asked', async () => {
    const { person, chat } = await someone(edge, 'Hanna');
    edge.received.length = 0;
    edge.home = (who, conversation, isAdmin) => ({
      start: {
        name: 'phrases/greeting',
        say: [[{ text: `Hello ${who.name} ${conversation} ${isAdmin}` }]],
        buttons: [{ id: 'topic:mfa.lost', label: 'Lost MFA device' }],
        links: [],
      },
      mine: [
        {
          id: 7,
          number: 'D-7',
          title: 'Lost phone',
          state: 'claimed',
          stateText: 'Taken by Grace',
          urgent: false,
          person: 'Hanna',
          updatedAt: 1,
        },
      ],
      queue: [],
    });
    const asked = await edge.teams.says(person, chat, ' Home ');
    const home = await edge.teams.until(() => edge.teams.lastFromBot(chat));
    await edge.teams.resends(asked);
    expect(asked.status).toBe(200);
    expect(edge.received).toEqual([]);
    expect(home.buttons).toEqual(['Lost MFA device', 'Refresh']);
    expect(home.summary).toContain('D-7 Lost phone: Taken by Grace');
    expect(home.summary).toContain(`Hello Hanna teams:${edge.teams.tenantId}:${person.aadObjectId} true`);
    expect(home.summary).toContain(words.home.empty);
    expect(edge.teams.shown(chat).filter(({ from }) => from === 'bot')).toHaveLength(1);
  });

  it('opens a ticket of the queue in the chat, once for each press, and closes it where it stood before', async () => {
    const { person, chat } = await someone(edge, 'Hilde');
    const view = ticketIn(edge);
    const { id, number, title, state, stateText, urgent, updatedAt } = view;
    const waiting = { id, number, title, state, stateText, urgent, person: 'Ada', updatedAt };
    const nothing = edge.home;
    edge.home = (...asked) => ({ ...nothing(...asked), queue: [waiting] });
    await edge.teams.says(person, chat, 'home');
    const home = await edge.teams.until(() => edge.teams.lastFromBot(chat));
    expect(home.buttons).toContain(`Open ${number}`);
    edge.received.length = 0;
    const cards = () => edge.teams.shown(chat).filter(({ from, id: message }) => from === 'bot' && message !== home.id);
    const pressed = await edge.teams.presses(person, home.id, `Open ${number}`);
    await edge.teams.until(() => cards().length === 1);
    expect(cards()[0]!.buttons).toContain('Claim');
    await edge.teams.resends(pressed);
    await edge.teams.presses(person, home.id, `Open ${number}`);
    await edge.teams.until(() => cards().length === 2);
    expect(cards()[0]).toMatchObject({ summary: words.closed, buttons: [] });
    expect(edge.received).toEqual([]);
    edge.home = nothing;
  });

  it('opens nothing for somebody who may not see the queue', async () => {
    const strict = await startTeams({ admins: ['19:nobody@thread.tacv2'] });
    const { person, chat } = await someone(strict, 'Heini');
    const view = ticketIn(strict);
    const data = { open: view.id };
    const { body } = await strict.teams.invokes(person, chat, 'adaptiveCard/action', { action: { verb: 'x', data } });
    expect(body).toMatchObject({ value: words.unknownCard });
    expect(strict.refused).toContain('teams: queue of others');
    await strict.stop();
  });

  it('can be drawn anew, and its topics picked again another day', async () => {
    const { person, chat, conversation } = await someone(edge, 'Heidi');
    await edge.teams.says(person, chat, 'home');
    const home = await edge.teams.until(() => edge.teams.lastFromBot(chat));
    expect((await edge.teams.presses(person, home.id, 'Refresh')).card).toBeDefined();
    edge.received.length = 0;
    await edge.teams.presses(person, home.id, 'Lost MFA device');
    await edge.teams.presses(person, home.id, 'Lost MFA device');
    expect(edge.received).toMatchObject([
      { kind: 'press', press: 'topic:mfa.lost', conversation },
      { kind: 'press', press: 'topic:mfa.lost', conversation },
    ]);
    expect(edge.received.every((one) => !('turn' in one))).toBe(true);
  });

  it('comes as a new card for clients that know no Action.Execute', async () => {
    const { person, chat } = await someone(edge, 'Old client');
    await edge.teams.says(person, chat, 'home');
    const home = await edge.teams.until(() => edge.teams.lastFromBot(chat));
    await edge.teams.submits(person, home.id, 'Refresh');
    await edge.teams.until(() => edge.teams.shown(chat).filter(({ from }) => from === 'bot').length === 2);
  });

  it('is a word like any other in a channel', async () => {
    const { teams } = edge;
    const ada = teams.person('Ada');
    await teams.mentions(ada, teams.groupChat([ada]), 'home');
    expect(edge.received).toMatchObject([{ kind: 'text', text: 'home' }]);
  });

  it('that cannot be sent is logged, and breaks nothing', async () => {
    const { person, chat } = await someone(edge, 'Unlucky');
    edge.home = () => {
      throw new Error('no store');
    };
    expect((await edge.teams.says(person, chat, 'home')).status).toBe(200);
    await edge.teams.until(() => edge.logged.some((line) => line.startsWith('showing the home card in Teams failed')));
  });
});
