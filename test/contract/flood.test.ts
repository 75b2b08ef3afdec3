import { EscalationWorld, hour, minute } from '../builders/escalation';
import { eachStore } from './store-kinds';

/** F19: many people meet the same trouble at once. The people who can help are called for it, not for each of them. */
eachStore((the) =>
  describe('a flood', () => {
    let world: EscalationWorld;
    beforeEach(() => {
      world = new EscalationWorld(the.store);
    });
    afterEach(async () => {
      expect(await world.staysQuiet()).toEqual([]);
      expect(world.failures).toEqual([]);
    });

    /** An employee whose sign-in page does not open, and who asks for the network team. */
    const report = async (name: string) => {
      for (const press of ['topic:signin.page_blocked', 'not_solved', 'ask_admin'])
        await world.helpdesk.turns.receive(world.press(name, name, press));
    };
    const names = Array.from({ length: 100 }, (_, index) => `p${index}`);
    const called = (sent: readonly string[], place: string) => sent.filter((what) => what.startsWith(`${place}: `));
    const open = () => the.store.tickets({ closed: false, limit: 200 });
    const read = async (conversation: string) =>
      (await the.store.chat(conversation, 0)).flatMap(({ line }) => (line.from === 'bot' ? [line.reply.name] : []));

    test('100 people within a minute: one card with a counter, and everybody is answered', async () => {
      for (const [index, name] of names.entries()) {
        await report(name);
        if (index % 10 === 9) await world.wait(6000);
      }
      await world.wait(minute, 10_000);
      const sent = world.took();
      const inChannel = called(sent, 'slack:C1');
      expect(inChannel.filter((what) => what.includes('opened'))).toHaveLength(1);
      // One counter for each half minute in which people reported.
      expect(inChannel.length).toBeLessThanOrEqual(1 + 4);
      for (const name of names)
        expect(await read(name)).toEqual(expect.arrayContaining([expect.stringMatching(/^phrases\/handed-over/)]));
      expect((await read('p42')).at(-1)).toBe('phrases/ticket-one-of-many');
      const view = await world.helpdesk.ticketView(1001);
      expect(view?.facts).toContainEqual({ label: 'And others', value: expect.stringContaining('99 other people') });

      await world.act(1001, 'Grace', 'claim');
      await world.wait(5000, 1000);
      for (const name of names) expect((await read(name)).at(-1)).toBe('phrases/ticket-claimed');
      await world.act(1001, 'Grace', 'resolve', { text: 'The proxy is mended' });
      await world.wait(5000, 1000);
      for (const name of names.slice(1)) expect((await read(name)).at(-1)).toBe('phrases/ticket-resolved');
      expect(await open()).toEqual([]);
      // Nobody was called again for any of it.
      expect(called(world.took(), 'slack:C1').filter((what) => what.includes('opened'))).toEqual([]);
    }, 60_000);

    test('nobody takes it: the next tier gets one card as well', async () => {
      for (const name of names.slice(0, 5)) await report(name);
      await world.cycle();
      await world.wait(minute);
      world.took();
      await world.wait(15 * minute);
      expect(called(world.took(), 'slack:U1')).toEqual(['slack:U1: opened 1001']);
    });

    test('the first one is taken back: one of the others leads, and is called for once', async () => {
      for (const name of names.slice(0, 4)) await report(name);
      await world.cycle();
      await world.wait(minute);
      world.took();
      await world.helpdesk.turns.receive(world.press('p0', 'p0', 'solved'));
      await world.cycle();
      await world.wait(minute, 10_000);
      expect(called(world.took(), 'slack:C1').filter((what) => what.includes('opened'))).toEqual([
        'slack:C1: opened 1002',
      ]);
      expect((await open()).map(({ id, bundle }) => [id, bundle])).toEqual([
        [1004, 1002],
        [1003, 1002],
        [1002, null],
      ]);
    });

    test('one of many can be taken out, and is its own matter from then on', async () => {
      for (const name of names.slice(0, 3)) await report(name);
      await world.cycle();
      await world.act(1003, 'Grace', 'claim');
      await world.act(1001, 'Alan', 'resolve', { text: 'mended' });
      await world.wait(minute, 10_000);
      expect((await open()).map(({ id, bundle, claimedBy }) => [id, bundle, claimedBy])).toEqual([
        [1003, null, 'Grace'],
      ]);
      world.took();
    });

    test('trouble that is everybody’s own is bundled only when it comes in a crowd', async () => {
      for (const name of names.slice(0, 8)) await world.open(name, name);
      expect((await open()).map(({ bundle }) => bundle).reverse()).toEqual([
        ...[null, null, null, null, null],
        ...[1001, 1001, 1001],
      ]);
      await world.wait(minute);
      const inChannel = called(world.took(), 'slack:C1').filter((what) => what.includes('opened'));
      expect(inChannel).toHaveLength(5);
    });

    test('one person who asks again and again: kindly held back after five within an hour; urgent ones always pass', async () => {
      const again = async () => {
        await report('p0');
        await world.helpdesk.turns.receive(world.press('p0', 'p0', 'solved'));
        await world.cycle();
      };
      for (let i = 0; i < 5; i++) await again();
      // Whoever may grant it reads that it is not the first time.
      const risks = async (id: number) => (await world.helpdesk.ticketView(id))!.risks;
      const oftenAsked = 'They have asked several times this week.';
      expect(await risks(1003)).toContain(oftenAsked);
      expect(await risks(1002)).not.toContain(oftenAsked);
      world.took();
      await report('p0');
      await world.cycle();
      expect((await read('p0')).at(-1)).toBe('phrases/too-many-requests');
      expect(await open()).toEqual([]);
      expect(called(world.took(), 'slack:C1')).toEqual([]);
      for (const press of ['topic:account.compromised', 'ask_admin'])
        await world.helpdesk.turns.receive(world.press('p0', 'p0', press));
      await world.cycle();
      expect(await open()).toMatchObject([{ details: { severity: 'urgent' } }]);
      await world.act(1006, 'Grace', 'resolve');
      await world.wait(hour);
      await report('p0');
      await world.cycle();
      expect(await open()).toHaveLength(1);
      world.took();
    });
  }),
);
