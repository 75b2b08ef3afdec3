import { ticketSubject } from '../../../src/core/ports';
import { ticketView } from '../../builders/ticket-view';
import { SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

// Reads all content once, which would keep the machine from its sockets in the middle of a test.
beforeAll(() => void ticketView());

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const destination = 'slack:C0HELPDESK1';
const cards = () => edge.slack.posted(edge.slack.channels.admins, { by: 'bot' });
const posts = () => edge.store.posts(ticketSubject(1042, destination));
const sent = { kind: 'sent' };
const taken = () => ticketView({ version: 2, state: 'claimed', stateText: 'taken by Grace', claimedBy: 'Grace' });
const closed = () => ticketView({ version: 3, state: 'resolved', stateText: 'solved', actions: [], guide: null });

test('a ticket is posted once and kept up to date in place', async () => {
  expect(await edge.ping(ticketView(), destination)).toEqual(sent);
  expect(await edge.ping(taken(), destination)).toEqual(sent);
  expect(cards()).toHaveLength(1);
  expect(edge.slack.reads(cards()[0]!)).toContain('taken by Grace');
  expect(await posts()).toEqual([expect.objectContaining({ id: cards()[0]!.ts, version: 2 })]);
});

test('what is shown already is not sent again, and an older state never follows a newer one', async () => {
  await edge.ping(taken(), destination);
  const before = edge.slack.calls.length;
  expect(await edge.ping(taken(), destination, 'again')).toEqual(sent);
  expect(await edge.ping(ticketView(), destination, 'late')).toEqual(sent);
  expect(edge.slack.calls).toHaveLength(before);
});

test('the buttons die with the ticket, and the card stays known for a late press', async () => {
  await edge.ping(ticketView(), destination);
  expect(edge.slack.buttons(cards()[0]!).map(({ action_id }) => action_id)).toContain('claim');
  await edge.ping(closed(), destination);
  expect(edge.slack.buttons(cards()[0]!)).toEqual([]);
  expect(await posts()).toHaveLength(1);
});

test('of a ticket that is over before anybody was told, nobody is told', async () => {
  expect(await edge.ping(closed(), destination)).toEqual(sent);
  expect(cards()).toEqual([]);
});

test('a card somebody removed comes back while the ticket is open', async () => {
  await edge.ping(ticketView(), destination);
  await edge.slack.deletes(cards()[0]!);
  expect(await edge.ping(taken(), destination)).toEqual(sent);
  expect(cards()).toHaveLength(1);
  await edge.slack.deletes(cards()[0]!);
  expect(await edge.ping(closed(), destination)).toEqual(sent);
  expect(cards()).toEqual([]);
  expect(await posts()).toEqual([]);
});

test('a person is reached in the direct channel', async () => {
  const { boss } = edge.slack.people;
  expect(await edge.ping(ticketView(), `slack:${boss.id}`)).toEqual(sent);
  expect(edge.dm(boss)).toHaveLength(1);
});

test('each place has a card of its own', async () => {
  const { boss } = edge.slack.people;
  await edge.ping(ticketView(), destination);
  await edge.ping(ticketView(), `slack:${boss.id}`, 'other');
  expect([cards().length, edge.dm(boss).length]).toEqual([1, 1]);
});

test.each([
  ['the bot is not in', () => edge.slack.channels.secret.id, /invite/],
  ['is archived', () => edge.slack.channels.old.id, /archived/],
  ['is not there', () => 'C0NOWHERE1', /invite/],
])('a channel that %s is told as such, and not tried again', async (_name, channel, told) => {
  expect(await edge.ping(ticketView(), `slack:${channel()}`)).toEqual({
    kind: 'permanent',
    error: expect.stringMatching(told),
  });
});

test('a ticket nobody knows is none', async () => {
  const ping = { kind: 'ping', destination, ticket: 7, what: 'opened' } as const;
  expect(await edge.platform.destination.ping(ping, 'k', 1)).toMatchObject({ kind: 'permanent' });
});

test('a card that got through without our knowing is found, and brought up to date', async () => {
  edge.slack.fail('chat.postMessage', { drop: 'after' });
  expect(await edge.ping(ticketView(), destination, 'k')).toMatchObject({ kind: 'temporary' });
  expect(await edge.ping(taken(), destination, 'k', 2)).toEqual(sent);
  expect(cards()).toHaveLength(1);
  expect(edge.slack.reads(cards()[0]!)).toContain('taken by Grace');
  expect(await posts()).toEqual([expect.objectContaining({ version: 2 })]);
});

test('it is read at the moment of sending', async () => {
  edge.slack.fail('chat.postMessage', { drop: 'before' });
  await edge.ping(ticketView(), destination, 'k');
  edge.views.set(1042, taken());
  const ping = { kind: 'ping', destination, ticket: 1042, what: 'opened' } as const;
  await edge.platform.destination.ping(ping, 'k', 2);
  expect(edge.slack.reads(cards()[0]!)).toContain('taken by Grace');
});
