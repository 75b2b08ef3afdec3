import { ticketSubject } from '../../../src/core/ports';
import { watchedTicketCard } from '../../../src/platforms/teams/render';
import { pings, someone, startTeams, type TeamsEdge, ticketIn } from '../../builders/teams';
import { ticketView } from '../../builders/ticket-view';
import { type Channel, fault, type Person, type Team } from '../../fakes/teams/teams';

jest.setTimeout(30_000);

let edge: TeamsEdge;
let grace: Person;
let team: Team;
let channel: Channel;
beforeAll(async () => {
  edge = await startTeams();
  grace = edge.teams.person('Grace');
  team = edge.teams.team('Admins', [grace], { installed: false });
  await edge.teams.installs(grace, team);
});
afterAll(() => edge.stop());
afterEach(() => expect(edge.teams.violations).toEqual([]));

let id = 3000;
beforeEach(() => {
  id += 1;
  ticketIn(edge, { id, number: `D-${id}` });
  // A channel of its own, so that no test meets the pace of another.
  channel = edge.teams.channel(team, `AWS ${id}`);
});
const sent = { kind: 'sent' };
const cards = () => edge.teams.shown(channel).filter(({ card }) => JSON.stringify(card ?? '').includes(`D-${id}`));
const posts = () => edge.store.posts(ticketSubject(id, `teams:${channel.id}`));

describe('a ping to a channel', () => {
  it('begins a thread, loudly, with all that an administrator needs', async () => {
    expect(await pings(edge, channel.id, id)).toEqual(sent);
    const [card] = cards();
    expect(card).toMatchObject({
      rootId: card?.id,
      buttons: expect.arrayContaining(['Claim', 'Send reply', 'Save note', 'Mark as resolved', 'Show steps']),
    });
    expect(card?.summary).toMatch(new RegExp(`^D-${id}: Lost or broken MFA device`));
    const { body } = edge.teams.calls.findLast(({ route }) => route === 'createConversation')!;
    expect(body).toMatchObject({
      isGroup: true,
      channelData: { channel: { id: channel.id } },
      activity: { channelData: { notification: { alert: true } } },
    });
    expect(await posts()).toEqual([expect.objectContaining({ id: card?.id, version: 1 })]);
  });

  it('is brought up to date in its place, and only when there is something new', async () => {
    await pings(edge, channel.id, id);
    ticketIn(edge, { id, number: `D-${id}`, version: 2, stateText: 'Taken by Grace' });
    expect(await pings(edge, channel.id, id, 'updated')).toEqual(sent);
    const updates = edge.teams.calls.filter(({ route }) => route === 'update').length;
    expect(await pings(edge, channel.id, id, 'updated')).toEqual(sent);
    expect(edge.teams.calls.filter(({ route }) => route === 'update')).toHaveLength(updates);
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toMatchObject({ edited: true });
    expect(JSON.stringify(cards()[0]?.card)).toContain('Taken by Grace');
  });

  it('loses its buttons when the ticket is closed, and nobody is called for what is over', async () => {
    await pings(edge, channel.id, id);
    ticketIn(edge, { id, number: `D-${id}`, version: 2, state: 'resolved', actions: [], guide: null, rule: null });
    await pings(edge, channel.id, id, 'updated');
    expect(cards()[0]?.buttons).toEqual([]);
    id += 1;
    ticketIn(edge, { id, number: `D-${id}`, state: 'resolved', actions: [] });
    expect(await pings(edge, channel.id, id)).toEqual(sent);
    expect(cards()).toEqual([]);
  });

  it('that is gone is posted anew, unless it is over', async () => {
    await pings(edge, channel.id, id);
    ticketIn(edge, { id, number: `D-${id}`, version: 2 });
    edge.teams.fails('update', fault.conversationNotFound(), { times: 1, conversation: channel });
    expect(await pings(edge, channel.id, id, 'updated')).toEqual(sent);
    expect(cards()).toHaveLength(2);
    expect(await posts()).toHaveLength(1);
  });

  it('about a ticket that does not exist is dropped', async () => {
    expect(await pings(edge, channel.id, 999_999)).toEqual(sent);
  });

  it('that cannot be changed for now is tried again', async () => {
    await pings(edge, channel.id, id);
    ticketIn(edge, { id, number: `D-${id}`, version: 2 });
    edge.teams.fails('update', fault.unavailable(), { times: 1, conversation: channel });
    expect(await pings(edge, channel.id, id, 'updated')).toMatchObject({ kind: 'temporary' });
    expect(await pings(edge, channel.id, id, 'updated')).toEqual(sent);
  });

  it('is made smaller when Teams finds it too big', async () => {
    ticketIn(edge, { id, number: `D-${id}`, words: Array.from({ length: 8 }, () => 'long words '.repeat(200)) });
    edge.teams.fails('createConversation', fault.tooBig(), { times: 1 });
    expect(await pings(edge, channel.id, id)).toEqual(sent);
    const sizes = edge.teams.calls
      .filter(({ route }) => route === 'createConversation')
      .slice(-2)
      .map(({ body }) => JSON.stringify(body).length);
    expect(sizes[1]).toBeLessThan(sizes[0]!);
  });
});

describe('where a ping can go', () => {
  it('a channel that never spoke is asked for at the service that carries the others', async () => {
    const quiet = edge.teams.channel(team, 'Quiet');
    expect(await pings(edge, quiet.id, id)).toEqual(sent);
    expect(edge.teams.shown(quiet)).toHaveLength(1);
  });

  it('a group chat gets it among its messages', async () => {
    const group = edge.teams.groupChat([grace], { installed: false });
    await edge.teams.installs(grace, group);
    expect(await pings(edge, group.id, id)).toEqual(sent);
    expect(edge.teams.shown(group)).toHaveLength(1);
  });

  it('a person is found by either id, and the chat opened when it is not open yet', async () => {
    const lead = edge.teams.person('Lead');
    const chat = edge.teams.personalChat(lead);
    await edge.teams.mentions(lead, edge.teams.groupChat([lead]), 'hello');
    for (const name of [lead.aadObjectId, lead.id]) expect(await pings(edge, name, id)).toEqual(sent);
    expect(edge.teams.shown(chat)).toHaveLength(2);
    ticketIn(edge, { id, number: `D-${id}`, version: 2 });
    for (const name of [lead.aadObjectId, lead.id]) expect(await pings(edge, name, id, 'updated')).toEqual(sent);
    expect(edge.teams.shown(chat)).toMatchObject([{ edited: true }, { edited: true }]);
  });

  it.each([
    [
      'a team without the bot',
      () => edge.teams.channel(edge.teams.team('Others', [grace], { installed: false }), 'X').id,
      'BotNotInConversationRoster',
    ],
    ['a channel that does not exist', () => '19:nowhere@thread.tacv2', 'ConversationNotFound'],
    [
      'a person who never used it',
      () => '11111111-2222-3333-4444-555555555555',
      'add the app to that team, chat or person',
    ],
    ['nonsense', () => 'general', 'check the id'],
  ])('fails for good, and says why: %s', async (_name, name, error) => {
    expect(await pings(edge, name(), id)).toEqual({ kind: 'permanent', error: expect.stringContaining(error) });
  });

  it('fails for good where the bot was removed, without asking Teams', async () => {
    const other = edge.teams.team('Former', [grace], { installed: false });
    await edge.teams.installs(grace, other);
    await edge.teams.uninstalls(grace, other);
    const before = edge.teams.calls.length;
    expect(await pings(edge, other.id, id)).toEqual({ kind: 'permanent', error: expect.stringContaining('removed') });
    expect(edge.teams.calls).toHaveLength(before);
  });

  it('fails for good while nothing was ever heard from Teams', async () => {
    const fresh = await startTeams();
    ticketIn(fresh, { id });
    expect(await pings(fresh, '19:abc@thread.tacv2', id)).toMatchObject({ kind: 'permanent' });
    await fresh.stop();
  });
});

describe('those who watch a card', () => {
  const people = (count: number) => Array.from({ length: count }, (_, index) => `29:${'x'.repeat(60)}${index}`);
  const size = (card: object) => Buffer.byteLength(JSON.stringify(card));

  it('are named where Teams takes them all', () => {
    const view = ticketView();
    expect(watchedTicketCard(view, people(60)).refresh?.userIds).toHaveLength(60);
    expect(watchedTicketCard(view, people(61)).refresh).toBeUndefined();
    expect(watchedTicketCard(view, []).refresh).toBeUndefined();
    expect(watchedTicketCard({ ...view, state: 'resolved' }, people(2)).refresh).toBeUndefined();
  });

  it('never push a card over what Teams takes', () => {
    const long = 'words '.repeat(500);
    const view = ticketView({
      words: Array.from({ length: 30 }, () => long),
      tried: Array.from({ length: 50 }, () => long),
    });
    expect(size(watchedTicketCard(view, people(60)))).toBeLessThanOrEqual(26 * 1024);
  });

  it('are the members of the place', async () => {
    const { person } = await someone(edge, 'Nobody here');
    await pings(edge, channel.id, id);
    const { refresh } = cards()[0]!.card as { refresh: { userIds: string[] } };
    expect(refresh.userIds).toEqual([grace.id]);
    expect(refresh.userIds).not.toContain(person.id);
  });

  it('are left out while Teams does not tell', async () => {
    const fresh = await startTeams();
    const ops = fresh.teams.team('Ops', [fresh.teams.person('Olga')], { installed: false });
    await fresh.teams.installs(ops.members[0]!, ops);
    fresh.teams.fails('pagedMembers', fault.serverError());
    ticketIn(fresh, { id });
    expect(await pings(fresh, ops.id, id)).toEqual(sent);
    expect(fresh.teams.shown(ops.channels[0]!)[0]?.card).not.toHaveProperty('refresh');
    await fresh.stop();
  });
});
