import { sql } from 'kysely';
import { newConversation } from '../../src/core/conversation';
import type { CodedError } from '../../src/core/errors';
import { migrations } from '../../src/stores/migrations';
import { openTicket, textMessage, turn } from '../builders/store';
import { type Place, upgradeKinds } from './upgrade-kinds';

/**
 * Upgrades from every earlier version, with work left in the store, and the way back: this version beside a schema that a
 * later one made.
 */
describe.each(upgradeKinds)('$name', ({ place: newPlace }) => {
  let place: Place;
  beforeEach(async () => {
    place = await newPlace();
  });
  afterEach(() => place.remove());

  const names = Object.keys(migrations);

  test.each(names.map((name, index) => [name, index + 1] as const))(
    'from %s, with work left in it',
    async (_name, level) => {
      await place.migrateTo(level);
      await place.insert('conversations', {
        ...{ id: 'c1', platform: 'web', version: 4, updated_at: 5 },
        json: JSON.stringify({ ...newConversation(), turn: 4 }),
      });
      await place.insert('inbox', {
        ...{ key: 'm9', conversation: 'c9', at: 1000, state: 'new' },
        ...(level >= 3 ? { lane: 'c9' } : {}),
        json: JSON.stringify(textMessage('m9', { conversation: 'c9' })),
      });
      const ping = { kind: 'ping', destination: 'desk', ticket: 1001, what: 'opened' };
      await place.insert('outbox', {
        ...{ key: 'm1/ping/desk', json: JSON.stringify(ping), state: 'ready', attempts: 0, due_at: 1 },
        ...(level >= 2 ? { lane: 'ping:desk:1001', platform: 'desk' } : {}),
      });

      const store = await place.open();
      expect((await store.loadConversation('c1')).version).toBe(4);
      expect(await store.pending()).toMatchObject([{ key: 'm9', text: 'lost my phone' }]);
      await turn(store, 'm9', { conversationId: 'c9' });
      expect(await store.pending()).toEqual([]);
      const rows = await store.takeOutbox('a', 1e15, 2e15, 10);
      expect(rows.map(({ key }) => key)).toEqual(['m1/ping/desk', 'm9/reply']);
      expect((await openTicket(store, 'm10', { conversationId: 'c10' })).id).toBe(1001);
      await store.close();
    },
  );

  test('rolled back beside a schema that a later version has added to, everything goes on', async () => {
    let store = await place.open();
    const before = await openTicket(store, 'm1');
    await store.close();
    await place.later('9999-more', async (db) => {
      await db.schema.createTable('later_things').addColumn('id', 'integer').execute();
      for (const table of ['tickets', 'inbox', 'outbox', 'conversations', 'chat'])
        await db.schema.alterTable(table).addColumn('later', 'text').execute();
      await sql`UPDATE tickets SET later = 'only the later version knows'`.execute(db);
    });

    store = await place.open();
    expect(await store.ticket(before.id)).toMatchObject({ state: 'open' });
    expect((await openTicket(store, 'm2', { conversationId: 'c2' })).id).toBe(before.id + 1);
    await turn(store, 'm3', {
      change: { ticket: before, actor: { id: 'g', name: 'Grace' }, action: 'claim', text: null },
    });
    expect(await store.levels()).toMatchObject({ inbox: { waiting: 0 } });
    await store.close();
    // The later version finds what it had written.
    expect(await place.read<{ later: string }>('SELECT later FROM tickets WHERE id = 1001')).toEqual([
      { later: 'only the later version knows' },
    ]);
    store = await place.open();
    expect((await store.history(before.id)).length).toBeGreaterThanOrEqual(2);
    await store.close();
  });

  test.each([
    ['the later version says that earlier ones cannot work any more', '9999-less-breaks', names.length],
    ['it lacks a migration of this version, so nobody knows what it is', '9999-other', names.length - 1],
  ])('refused, when %s', async (_what, name, level) => {
    await place.migrateTo(level);
    await place.later(name, async () => {});
    const error = await place.open().then(
      () => null,
      (fault: CodedError) => fault,
    );
    expect(error).toMatchObject({ code: 'STORE_NEWER', message: expect.stringContaining(name) });
  });
});
