import type { Store } from '../../../src/core/ports';
import { startMenu } from '../../../src/dialogue/start-menu';
import { viewHome } from '../../../src/escalation/home-view';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { knowledge } from '../../builders/bot';
import { openTicket, ticketDetails, turn } from '../../builders/store';

const { content } = knowledge();
const start = startMenu(content);
let store: Store;
beforeEach(async () => {
  store = await openSqliteStore(':memory:');
});
afterEach(() => store.close());

const home = (isAdmin: boolean, conversation = 'mine') => viewHome({ content, store, start }, conversation, isAdmin);
const open = (conversationId: string, parts: Parameters<typeof ticketDetails>[0] = {}) =>
  openTicket(store, `${conversationId}-${Math.random()}`, {
    conversationId,
    open: { role: 'account-admin', details: ticketDetails(parts) },
  });
async function act(id: number, action: string, conversationId: string) {
  const ticket = (await store.ticket(id))!;
  const change = { ticket, actor: { id: 'grace', name: 'Grace' }, action, text: null };
  await turn(store, `${action}-${id}`, { conversationId, change });
}
const ids = (tickets: readonly { id: number }[] | null) => tickets?.map(({ id }) => id);

test('somebody without a request finds the topics, and no queue', async () => {
  await open('other');
  expect(await home(false)).toEqual({ start, mine: [], queue: null });
  expect(start.buttons[0]!.id).toMatch(/^topic:/);
  expect(start.buttons.at(-1)!.id).toBe('person');
});

test('their own requests, newest first, each with its state in words', async () => {
  await open('mine');
  await open('other');
  await open('mine');
  await act(1001, 'resolve', 'mine');
  const { mine } = await home(false);
  expect(mine.map(({ number, stateText }) => [number, stateText])).toEqual([
    ['D-1003', 'Open: nobody has taken it yet'],
    ['D-1001', 'Solved by Grace'],
  ]);
  expect(mine[0]).toEqual({
    id: 1003,
    number: 'D-1003',
    title: 'Lost or broken MFA device',
    state: 'open',
    stateText: 'Open: nobody has taken it yet',
    urgent: false,
    person: 'Ada',
    updatedAt: 2000,
  });
});

test('five of their own at most, twenty of everybody’s', async () => {
  for (let index = 0; index < 7; index++) await open('mine');
  for (let index = 0; index < 18; index++) await open('other');
  const { mine, queue } = await home(true);
  expect(ids(mine)).toEqual([1007, 1006, 1005, 1004, 1003]);
  expect(ids(queue)).toEqual(Array.from({ length: 20 }, (_, index) => 1001 + index));
});

test('an administrator finds what waits: urgent first, then what nobody has, then the oldest; nothing that is closed', async () => {
  for (const severity of ['normal', 'normal', 'normal', 'urgent', 'urgent', 'normal'] as const)
    await open('other', { severity });
  await act(1001, 'claim', 'other');
  await act(1004, 'claim', 'other');
  await act(1002, 'resolve', 'other');
  expect(ids((await home(true)).queue)).toEqual([1005, 1004, 1003, 1006, 1001]);
});
