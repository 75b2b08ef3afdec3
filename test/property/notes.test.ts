import fc from 'fast-check';
import type { IncomingAction } from '../../src/core/message';
import { wordsBelowCard } from '../../src/core/thread-words';
import { openSqliteStore } from '../../src/stores/sqlite';
import { person } from '../builders/bot';
import { openTicket, textMessage } from '../builders/store';
import { TurnsWorld } from '../builders/turns';

jest.setTimeout(120_000);

/** Every internal word carries it, so that it can be looked for wherever the employee might read. */
const mark = 'INTERNAL-7f3a';

/** What an administrator writes, changes and takes back; and what the employee writes in between. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    note: fc.boolean(),
    mark: fc.constantFrom('note:', 'Note :', 'INTERNAL NOTE:'),
  }),
  fc.record({ do: fc.constant('form' as const), note: fc.boolean() }),
  fc.record({ do: fc.constantFrom('change' as const, 'take back' as const), which: fc.nat(5), asNote: fc.boolean() }),
  fc.record({ do: fc.constant('answer' as const) }),
);

test('whatever is written, changed and taken back, no internal word reaches the employee', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
      const store = await openSqliteStore(':memory:');
      try {
        const world = new TurnsWorld(store);
        const ticket = await openTicket(store);
        let count = 0;
        const act = (parts: Partial<IncomingAction>): Promise<void> =>
          world.receive({
            key: `a${++count}`,
            platform: 'slack',
            conversation: 'slack:T1:grace',
            person: person('Grace'),
            at: count,
            kind: 'ticket_action',
            ticket: 1001,
            action: 'note',
            text: '',
            secrets: [],
            ...parts,
          });
        const written: { key: string; note: boolean }[] = [];
        for (const one of steps) {
          switch (one.do) {
            case 'write':
              await act({ ...wordsBelowCard(one.note ? `${one.mark} ${mark}` : 'for you'), fromThread: true });
              written.push({ key: `a${count}`, note: one.note });
              break;
            case 'form':
              await act({ action: one.note ? 'note' : 'reply', text: one.note ? mark : 'for you' });
              break;
            case 'answer':
              await world.receive(
                textMessage(`e${++count}`, { text: 'the red one', conversation: ticket.conversation }),
              );
              break;
            default: {
              const of = written[one.which % Math.max(1, written.length)];
              if (!of) break;
              // What was a note keeps its words internal, even when the mark at its beginning is removed.
              const text = one.asNote ? `note: ${mark}` : of.note ? mark : 'for you, changed';
              const words = one.do === 'change' ? wordsBelowCard(text) : wordsBelowCard('');
              await act({ ...words, again: { what: one.do === 'change' ? 'changed' : 'gone', of: of.key } });
            }
          }
        }
        expect(world.failures).toEqual([]);
        const chat = JSON.stringify(await store.chat(ticket.conversation, 0));
        const told = JSON.stringify(world.sent.filter(({ kind }) => kind === 'reply'));
        expect(chat + told).not.toContain(mark);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 40, seed: 20261201 },
  );
});
