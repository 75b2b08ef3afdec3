import { broken, busy, dead, EscalationWorld, hour, minute } from '../builders/escalation';
import { eachStore } from './store-kinds';

const cards = (id = 1001) => [`desk: opened ${id}`, `slack:C1: opened ${id}`, `teams:19:a@thread.tacv2: opened ${id}`];
const below = ['slack:C1: below 1001, new', 'teams:19:a@thread.tacv2: below 1001, new'];

/** The promise to a locked-out person, on every kind of store, from the press that asks for help to the end. */
eachStore((the, keeps) =>
  describe('escalation', () => {
    let world: EscalationWorld;
    beforeEach(() => {
      world = new EscalationWorld(the.store);
    });
    afterEach(async () => {
      expect(await world.staysQuiet()).toEqual([]);
      expect(world.failures).toEqual([]);
    });
    const ticket = async (id = 1001) => (await the.store.ticket(id))!;
    /** A ticket that has just been opened, its cards out. */
    const opened = async () => {
      const { id } = await world.open();
      world.took();
      return id;
    };
    /** Names of what the employee read since it was opened. */
    const read = async () => {
      const lines = (await the.store.chat('c1', 0)).flatMap(({ line }) =>
        line.from === 'bot' ? [line.reply.name] : [],
      );
      return lines.slice(lines.indexOf('phrases/handed-over') + 1).map((name) => name.slice('phrases/'.length));
    };

    test('nobody claims: the leads are called after a quarter of an hour, and not before', async () => {
      await world.open();
      expect(world.took().slice(-3).sort()).toEqual(cards());
      await world.wait(15 * minute - 1000);
      expect(world.took()).toEqual([]);
      await world.wait(1000);
      expect(world.took().sort()).toEqual([
        'c1: phrases/ticket-next-tier',
        'desk: updated 1001',
        'slack:C1: updated 1001',
        'slack:U1: opened 1001',
        'teams:19:a@thread.tacv2: updated 1001',
      ]);
      expect(await ticket()).toMatchObject({ tier: 2, state: 'open', places: expect.arrayContaining(['slack:U1']) });
      expect((await the.store.history(1001)).map(({ action }) => action)).toEqual(['opened', 'escalated']);
    });

    test('nobody at all: the truth once, then the chain again after a rest', async () => {
      await opened();
      await world.wait(45 * minute, 15 * minute);
      expect(await read()).toEqual(['ticket-next-tier', 'ticket-nobody-took']);
      world.took();
      await world.wait(hour);
      expect(world.took().sort()).toEqual([
        'desk: updated 1001',
        'slack:C1: below 1001, new',
        'slack:C1: updated 1001',
        'slack:U1: updated 1001',
        'teams:19:a@thread.tacv2: below 1001, new',
        'teams:19:a@thread.tacv2: updated 1001',
      ]);
      expect(await ticket()).toMatchObject({ tier: 1, round: 1 });
      // A week goes by: the rests grow, and the employee is not told the same again.
      await world.wait(7 * 24 * hour, hour);
      expect((await read()).filter((name) => name === 'ticket-nobody-took')).toHaveLength(1);
      expect((await ticket()).round).toBeLessThan(16);
      world.took();
    });

    test('claimed and forgotten: a reminder, then it goes back to everybody', async () => {
      const id = await opened();
      await world.act(id, 'Grace', 'claim', { platform: 'slack' });
      world.took();
      await world.wait(2 * hour);
      expect(world.took().sort()).toEqual(
        [...below, 'desk: updated 1001', 'slack:C1: updated 1001', 'teams:19:a@thread.tacv2: updated 1001'].sort(),
      );
      expect(await ticket()).toMatchObject({ state: 'claimed', next: { what: 'return' } });
      await world.wait(2 * hour);
      expect(await ticket()).toMatchObject({ state: 'open', claimedBy: null, next: { what: 'escalate' } });
      expect(world.took()).toEqual(expect.arrayContaining([...below, 'c1: phrases/ticket-returned']));
      await world.wait(15 * minute);
      expect(await ticket()).toMatchObject({ tier: 2 });
      world.took();
    });

    test('work on it puts the reminder off', async () => {
      const id = await opened();
      await world.act(id, 'Grace', 'claim');
      await world.wait(hour);
      await world.act(id, 'Grace', 'note', { text: 'looking' });
      world.took();
      await world.wait(hour + 30 * minute);
      expect(world.took()).toEqual([]);
    });

    test('waiting for the employee, then for AWS', async () => {
      const id = await opened();
      await world.act(id, 'Grace', 'reply', { text: 'Which account?' });
      await world.wait(48 * hour, 12 * hour);
      expect(await read()).toEqual(['ticket-waits-for-you', 'ticket-waits-for-you']);
      await world.act(id, 'Grace', 'snooze', { choice: 'aws' });
      expect(await ticket()).toMatchObject({ state: 'waiting_for_aws', next: { what: 'ask_aws' } });
      world.took();
      await world.wait(24 * hour);
      expect(world.took()).toEqual(expect.arrayContaining([...below, 'c1: phrases/ticket-waits-for-aws']));
      await world.wait(24 * hour);
      expect(world.took()).toEqual(expect.arrayContaining(below));
      expect((await read()).filter((name) => name === 'ticket-waits-for-aws')).toHaveLength(1);
    });

    test('put off: silence until then', async () => {
      const id = await opened();
      await world.act(id, 'Grace', 'snooze', { choice: '2h' });
      world.took();
      await world.wait(2 * hour - 1000, hour);
      expect(world.took()).toEqual([]);
      await world.wait(1000);
      expect(world.took()).toEqual(expect.arrayContaining(below));
      expect((await ticket()).next).toMatchObject({ what: 'escalate' });
    });

    test('a place that is gone for good: its people are reached elsewhere at once', async () => {
      world.behaviours.set('slack:C1', dead);
      await opened();
      expect(await ticket()).toMatchObject({ tier: 1, unreached: ['slack:C1'] });
      world.behaviours.set('teams', dead);
      await world.act(1001, 'Grace', 'reassign', { choice: 'role:idc-admin' });
      world.took();
    });

    test('a whole tier is gone: the next is called at once, and the employee told', async () => {
      world.behaviours.set('slack:C1', dead);
      world.behaviours.set('teams', dead);
      await world.open();
      expect(world.took()).toEqual(
        expect.arrayContaining(['slack:U1: opened 1001', 'c1: phrases/ticket-next-reachable']),
      );
      expect(await ticket()).toMatchObject({ tier: 2, unreached: [] });
    });

    test('a platform that fails for a minute: the others are called within it', async () => {
      world.behaviours.set('slack:C1', broken);
      world.behaviours.set('teams', broken);
      await world.open();
      world.took();
      await world.wait(minute, 1000);
      expect(world.took()).toEqual(expect.arrayContaining(['slack:U1: opened 1001']));
      // It comes back, and the card with it: late, once, and no harm.
      world.behaviours.clear();
      await world.wait(2 * minute, 1000);
      expect(world.took().filter((what) => what.startsWith('slack:C1: opened'))).toEqual(['slack:C1: opened 1001']);
    });

    test('F17: nobody can be reached: the employee knows within two minutes, and an alarm is raised', async () => {
      for (const platform of ['slack', 'teams']) world.behaviours.set(platform, broken);
      await opened();
      await world.wait(2 * minute, 1000);
      expect(await read()).toEqual(['ticket-next-reachable', 'ticket-nobody-reached']);
      expect(await the.store.alarms()).toMatchObject([{ key: 'ticket/1001/unreachable' }]);
      await world.audit();
      // Silence is what an outside watcher raises its alarm for.
      expect(world.heartbeats).toBe(0);
      // When they are back, the card is there without anybody's help.
      world.behaviours.clear();
      await world.wait(10 * minute, 10_000);
      expect(world.took()).toEqual(expect.arrayContaining(['slack:C1: opened 1001']));
    });

    test('F9: a platform that asks to wait is no dead one; urgent calls leave first', async () => {
      for (const platform of ['slack', 'teams']) world.behaviours.set(platform, busy(20_000));
      await world.open('c1');
      for (const press of ['topic:account.compromised', 'ask_admin'])
        await world.helpdesk.turns.receive(world.press('c2', 'Bo', press));
      await world.open('c3', 'Cleo');
      // Shorter than the urgent one's time, so that nobody else is called.
      await world.wait(4 * minute, 10_000);
      world.took();
      const waiting = await the.store.tickets({ closed: false, limit: 10 });
      expect(waiting.map(({ tier, unreached }) => [tier, unreached])).toEqual(Array(3).fill([1, []]));
      const urgent = waiting.find(({ details }) => details.severity === 'urgent')!.id;
      world.behaviours.clear();
      await world.wait(20_000);
      const calls = world.took().filter((what) => what.startsWith('slack:C1: opened'));
      expect([calls.length, calls[0]]).toEqual([3, `slack:C1: opened ${urgent}`]);
    });

    test('a reminder that could not leave in time is dropped', async () => {
      const id = await opened();
      await world.act(id, 'Grace', 'claim');
      world.behaviours.set('slack', busy(30 * minute));
      world.behaviours.set('teams', busy(30 * minute));
      await world.wait(2 * hour, 30 * minute);
      await world.act(id, 'Grace', 'resolve', { text: 'done' });
      world.behaviours.clear();
      world.took();
      await world.wait(hour, 10 * minute);
      expect(world.took().filter((what) => what.includes('below'))).toEqual([]);
    });

    test('F25: a ticket that is resolved at the moment it is due brings no ping', async () => {
      const id = await opened();
      world.clock.advance(15 * minute);
      await Promise.all([
        world.helpdesk.turns.receive(world.action(id, 'Grace', 'resolve', { text: 'done' })),
        world.helpdesk.cycle.tick(),
      ]);
      await world.helpdesk.turns.idle();
      await world.cycle();
      world.took();
      await world.wait(hour, 10 * minute);
      expect(world.took()).toEqual([]);
      expect(await ticket()).toMatchObject({ state: 'resolved', next: null });
    });

    test('a ticket of the version before gets its next step, and nobody is bothered', async () => {
      const id = await opened();
      const mended = { state: 'open' as const, history: null, calls: [], words: [], tells: null, alarm: null };
      world.clock.advance(15 * minute);
      await the.store.advanceTickets(world.clock.now(), 1, () => ({ ...mended, set: { next: null, places: [] } }));
      expect(await ticket(id)).toMatchObject({ next: null });
      await world.cycle();
      expect(world.took()).toEqual([]);
      expect(await ticket(id)).toMatchObject({
        next: { what: 'escalate', at: world.clock.now() + 15 * minute },
        places: ['desk', 'slack:C1', 'teams:19:a@thread.tacv2'],
      });
    });

    test('F18: a ticket without a next step, when nothing mends it: an alarm, told once, until it is over', async () => {
      const id = await opened();
      await world.audit();
      expect(world.heartbeats).toBe(1);
      const mended = { state: 'open' as const, history: null, calls: [], words: [], tells: null, alarm: null };
      world.clock.advance(15 * minute);
      await the.store.advanceTickets(world.clock.now(), 1, () => ({ ...mended, set: { next: null } }));
      for (let i = 0; i < 3; i++) await world.audit();
      expect(world.took()).toEqual([
        `desk: alarm ticket/${id}/no-step`,
        `slack:C1: alarm ticket/${id}/no-step`,
        `teams:19:a@thread.tacv2: alarm ticket/${id}/no-step`,
      ]);
      expect(world.helpdesk.auditor.concerns()).toEqual([`D-${id} is open and has no next step.`]);
      expect(world.heartbeats).toBe(1);
      await world.cycle();
      await world.audit();
      expect([world.helpdesk.auditor.concerns(), world.heartbeats]).toEqual([[], 2]);
    });

    test('an engine that stands still is noticed, and a card that neither arrives nor fails', async () => {
      const id = await opened();
      world.behaviours.set('slack', busy(20 * minute));
      await world.act(id, 'Grace', 'claim');
      world.clock.advance(2 * hour + 11 * minute);
      await world.audit();
      expect(world.helpdesk.auditor.concerns()).toEqual([
        '1 card cannot be brought to slack for more than five minutes.',
        `D-${id}: its next step is overdue.`,
      ]);
      world.behaviours.clear();
      await world.cycle();
      await world.wait(21 * minute);
      await world.audit();
      expect(world.helpdesk.auditor.concerns()).toEqual([]);
      world.took();
    });

    test('that nobody took a ticket is told to the desk, and is no fault of the service', async () => {
      await opened();
      await world.wait(45 * minute, 15 * minute);
      world.took();
      await world.audit();
      expect(world.took()).toContain('slack:C1: alarm ticket/1001/unclaimed');
      expect(world.heartbeats).toBe(1);
      await world.act(1001, 'Grace', 'claim');
      await world.audit();
      expect(world.helpdesk.auditor.concerns()).toEqual([]);
      world.took();
    });

    test('two engines on one store do each thing once', async () => {
      const other = new EscalationWorld(the.store, { clock: world.clock });
      for (const name of ['c1', 'c2', 'c3', 'c4']) await world.open(name, name);
      world.took();
      world.clock.advance(15 * minute);
      await Promise.all([world.helpdesk.cycle.tick(), other.helpdesk.cycle.tick()]);
      await Promise.all([world.cycle(), other.cycle()]);
      const calls = [...world.took(), ...other.took()].filter((what) => what.startsWith('slack:U1: opened'));
      expect(calls.sort()).toEqual([1001, 1002, 1003, 1004].map((id) => `slack:U1: opened ${id}`));
      expect(other.failures).toEqual([]);
    });

    if (keeps) {
      test('what was due while nothing ran is done at the next start, once', async () => {
        await opened();
        world.clock.advance(3 * hour);
        await the.reopen();
        world = new EscalationWorld(the.store, { clock: world.clock });
        await world.cycle();
        expect(world.took().filter((what) => what.includes('opened'))).toEqual(['slack:U1: opened 1001']);
        expect(await ticket()).toMatchObject({ tier: 2, next: { at: world.clock.now() + 30 * minute } });
      });
    }
  }),
);
