import type { IncomingAction } from '../../src/core/message';
import { EscalationWorld, minute } from '../builders/escalation';
import { openTicket, ticketDetails } from '../builders/store';
import { eachStore } from './store-kinds';

/** All orders of a list. */
const orders = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) =>
        orders(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
      );

/** `CLAIM_RACES=1000` plays more of them. */
const races = Number(process.env.CLAIM_RACES ?? 60);

/** F4 and F5: many hands at one ticket. */
eachStore((the) =>
  describe('many hands', () => {
    let world: EscalationWorld;
    let other: EscalationWorld;
    beforeEach(() => {
      world = new EscalationWorld(the.store);
      other = new EscalationWorld(the.store, { clock: world.clock });
    });
    afterEach(async () => {
      expect(await world.staysQuiet()).toEqual([]);
      expect([...world.failures, ...other.failures]).toEqual([]);
    });
    const open = (name: string) =>
      openTicket(the.store, `open-${name}`, {
        conversationId: name,
        at: world.clock.now(),
        open: {
          role: 'account-admin',
          details: ticketDetails({ person: { id: name, name, member: true } }),
          next: { what: 'escalate', at: world.clock.now() + 15 * minute },
        },
        destinations: ['desk', 'slack:C1'],
      });

    test('F4: two engines, one ticket, one in Slack and one in Teams: exactly one has it, the other is told who', async () => {
      for (let race = 0; race < races; race++) {
        const { id } = await open(`r${race}`);
        await Promise.all([
          world.helpdesk.turns.receive(world.action(id, 'Grace', 'claim', { platform: 'slack', conversation: 'g' })),
          other.helpdesk.turns.receive(other.action(id, 'Alan', 'claim', { platform: 'teams', conversation: 'a' })),
        ]);
        await Promise.all([world.helpdesk.turns.idle(), other.helpdesk.turns.idle()]);
        const history = (await the.store.history(id)).filter(({ action }) => action === 'claim');
        expect(history).toHaveLength(1);
        const ticket = await the.store.ticket(id);
        expect(ticket).toMatchObject({ state: 'claimed', claimedBy: history[0]!.actor, version: 2 });
      }
      await Promise.all([world.cycle(), other.cycle()]);
      await Promise.all([world.cycle(), other.cycle()]);
      const notices = [...world.sent.splice(0), ...other.sent.splice(0)].filter(({ kind }) => kind === 'notice');
      expect(notices).toHaveLength(races);
      for (const notice of notices) expect(JSON.stringify(notice)).toMatch(/claimed, with (Grace|Alan)/);
    }, 120_000);

    test('F5: five actions in each of their 120 orders: resolved never reopens, and there is always a next step before', async () => {
      const actions: [IncomingAction['action'], string, Partial<IncomingAction>][] = [
        ['claim', 'Grace', {}],
        ['reply', 'Grace', { text: 'Which account?' }],
        ['reassign', 'Alan', { choice: 'role:org-admin' }],
        ['snooze', 'Alan', { choice: '1h' }],
        ['resolve', 'Grace', { text: 'done' }],
      ];
      for (const [index, order] of orders(actions).entries()) {
        const { id } = await open(`o${index}`);
        let isResolved = false;
        for (const [action, who, parts] of order) {
          await world.helpdesk.turns.receive(world.action(id, who, action, parts));
          await world.helpdesk.turns.idle();
          isResolved ||= action === 'resolve';
          const ticket = (await the.store.ticket(id))!;
          expect(ticket.state === 'resolved').toBe(isResolved);
          expect(ticket.next === null).toBe(isResolved);
          if (action === 'resolve') expect(ticket.outcome).toBe('solved');
        }
      }
      await world.cycle();
      world.sent.splice(0);
      // Nothing comes back to life later either.
      await world.wait(48 * 60 * minute, 12 * 60 * minute);
      expect(await the.store.tickets({ closed: false, limit: 10 })).toEqual([]);
      expect(world.took()).toEqual([]);
    }, 120_000);
  }),
);
