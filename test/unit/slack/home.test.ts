import type { HomeTicket } from '../../../src/core/home-view';
import { reply } from '../../builders/store';
import { ticketView } from '../../builders/ticket-view';
import { buttons, SlackEdge, words } from './slack-edge';

jest.setTimeout(30_000);

// Reads all content once, which would keep the machine from its sockets in the middle of a test.
beforeAll(() => void ticketView());

let edge: SlackEdge;
const start = async (admins: string[] | null) => {
  edge = await SlackEdge.start({ admins });
  edge.home = {
    start: reply('Hello! Pick a topic.', { buttons: buttons('topic:mfa.lost', 'person') }),
    mine: [],
    queue: null,
  };
};
afterEach(() => edge.stop());

const ticket = (parts: Partial<HomeTicket> = {}): HomeTicket => ({
  id: 7,
  number: 'D-7',
  title: 'Lost MFA device',
  state: 'open',
  stateText: 'open',
  urgent: false,
  person: 'Ada',
  updatedAt: 0,
  ...parts,
});
const opened = async (user: { id: string }) => {
  await edge.slack.opensHome(user.id, 'home');
  return edge.slack.until(() => edge.slack.home(user.id));
};

test('shows the start menu and one’s requests', async () => {
  await start(null);
  edge.home.mine = [ticket({ urgent: true })];
  const home = await opened(edge.slack.people.ada);
  const text = edge.slack.reads(home);
  expect(text).toContain('Hello! Pick a topic.');
  expect(text).toContain(words.home.mine);
  expect(text).toMatch(/D-7 Lost MFA device · open.*Urgent/);
  expect(edge.slack.buttons(home).map(({ action_id }) => action_id)).toEqual(['topic:mfa.lost', 'person']);
  edge.home.mine = [];
  await opened(edge.slack.people.bob);
  expect(edge.slack.reads(edge.slack.home(edge.slack.people.bob)!)).toContain(words.home.none);
});

test('shows the queue to administrators alone', async () => {
  await start(['U0BOSS0001']);
  const { boss, ada } = edge.slack.people;
  await opened(ada);
  await opened(boss);
  expect(edge.homesAsked.map(({ isAdmin }) => isAdmin)).toEqual([false, true]);
});

test('a ticket of the queue is opened in the direct messages, once for each press, and closed where it stood before', async () => {
  await start(['U0BOSS0001']);
  const { boss } = edge.slack.people;
  const view = ticketView();
  edge.views.set(view.id, view);
  edge.home.queue = [ticket({ id: view.id, number: view.number }), ticket({ id: 8, number: 'D-8' })];
  const home = await opened(boss);
  expect(edge.slack.buttons(home).map(({ action_id }) => action_id)).toEqual([
    ...['topic:mfa.lost', 'person'],
    ...[`open_ticket:${view.id}`, 'open_ticket:8'],
  ]);
  const press = await edge.slack.presses(boss, home, `open_ticket:${view.id}`);
  const cards = () => edge.slack.posted(edge.slack.dm(boss), { by: 'bot' });
  await edge.slack.until(() => cards().length === 1);
  expect(edge.slack.buttons(cards()[0]!).map(({ action_id }) => action_id)).toContain('claim');
  await edge.slack.redelivers(press);
  await edge.slack.until(() => edge.slack.reads(edge.slack.home(boss)!).includes(words.answeredPrivately));
  expect(cards()).toHaveLength(1);
  await edge.slack.presses(boss, edge.slack.home(boss)!, `open_ticket:${view.id}`);
  await edge.slack.until(() => cards().length === 2);
  expect(edge.slack.reads(cards()[0]!)).toBe(words.closed);
  expect(edge.slack.buttons(cards()[0]!)).toEqual([]);
  // Nothing of it is a turn or an action on the ticket.
  expect(edge.received.filter((one) => one.kind !== 'press' || one.press !== 'first_contact')).toEqual([]);
});

test('a button of the queue that somebody else got hold of opens nothing', async () => {
  await start(['U0BOSS0001']);
  const { boss, ada } = edge.slack.people;
  const view = ticketView();
  edge.views.set(view.id, view);
  edge.home.queue = [ticket({ id: view.id, number: view.number })];
  const home = await opened(boss);
  await edge.slack.presses(ada, home, `open_ticket:${view.id}`);
  await edge.slack.until(() => edge.refused.includes('slack queue_of_others'));
  expect(edge.slack.posted(edge.slack.dm(ada), { by: 'bot' })).toEqual([]);
});

test('shows the queue to nobody where no administrators are named, though they may act on cards', async () => {
  await start(null);
  const { ada } = edge.slack.people;
  await opened(ada);
  expect(edge.homesAsked).toEqual([{ person: ada.real_name, isAdmin: false }]);
});

test('a press acts on the private conversation, and the tab says where the answer is', async () => {
  await start(null);
  const { ada } = edge.slack.people;
  const home = await opened(ada);
  expect((await edge.slack.presses(ada, home, 'topic:mfa.lost')).status).toBe(200);
  const press = edge.received.at(-1)!;
  expect(press).toMatchObject({ kind: 'press', press: 'topic:mfa.lost', conversation: edge.privately(ada) });
  expect(press).not.toHaveProperty('turn');
  await edge.slack.until(() => edge.slack.reads(edge.slack.home(ada)!).includes(words.answeredPrivately));
  await edge.slack.presses(ada, edge.slack.home(ada)!, 'topic:mfa.lost');
  expect(edge.received.filter((one) => one.kind === 'press' && one.press === 'topic:mfa.lost')).toHaveLength(2);
});

test('is drawn again when something was said to its owner', async () => {
  await start(null);
  const { ada } = edge.slack.people;
  await opened(ada);
  edge.home = { ...edge.home, mine: [ticket({ stateText: 'taken by Grace' })] };
  await edge.answer(edge.privately(ada));
  await edge.slack.until(() => edge.slack.reads(edge.slack.home(ada)!).includes('taken by Grace'));
});

test('the queue is drawn again when a ticket changed', async () => {
  await start(['U0BOSS0001']);
  const { boss } = edge.slack.people;
  edge.home = { ...edge.home, queue: [] };
  await opened(boss);
  expect(edge.slack.reads(edge.slack.home(boss)!)).toContain(words.home.empty);
  edge.home = { ...edge.home, queue: [ticket()] };
  await edge.ping(ticketView(), 'slack:C0HELPDESK1');
  await edge.slack.until(() => edge.slack.reads(edge.slack.home(boss)!).includes('D-7 Lost MFA device · open · Ada'));
});

test('of people who have not opened it nothing is drawn', async () => {
  await start(null);
  await edge.answer(edge.privately(edge.slack.people.ada));
  await edge.slack.idle();
  expect(edge.slack.callsOf('views.publish')).toEqual([]);
});

test('that cannot be drawn is noted, and troubles nothing else', async () => {
  await start(null);
  const { ada } = edge.slack.people;
  const fault = edge.slack.fail('views.publish', { status: 500 });
  await edge.slack.opensHome(ada, 'home');
  await edge.slack.until(() => fault.met);
  expect(edge.errors()).toEqual([]);
  await opened(ada);
});
