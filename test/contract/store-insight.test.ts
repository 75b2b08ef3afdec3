import type { TurnFacts } from '../../src/core/turn-facts';
import { deleteMessage, editMessage, openTicket, pressMessage, textMessage, turn, turnCommit } from '../builders/store';
import { eachStore } from './store-kinds';

const day = 24 * 60 * 60 * 1000;
const facts = (parts: Partial<TurnFacts> = {}): TurnFacts => ({
  step: null,
  next: 'mfa-lost/type',
  began: 'mfa-lost',
  walked: [['>', 'mfa-lost/type']],
  decision: 'answer',
  outcome: null,
  missed: null,
  edited: null,
  ...parts,
});
const missed = (text: string): Partial<TurnFacts> => ({
  outcome: 'not_understood',
  missed: { text, reason: 'not_understood', step: null, candidates: [{ intent: 'mfa.lost', confidence: 0.3 }] },
});

eachStore((opened) => {
  const { turnCounts, ...rest } = {
    turnCounts: (now: number) => opened.store.turnCounts(0, day, now),
    words: async () => (await opened.store.missedWords({ state: 'new', limit: 10 })).map(({ text }) => text),
  };

  test('like turns are counted together, and what came last in a conversation is told apart', async () => {
    for (const id of ['c1', 'c2', 'c3'])
      await turn(opened.store, `begin-${id}`, { conversationId: id, at: 1000, facts: facts() });
    await turn(opened.store, 'on', {
      conversationId: 'c3',
      at: 2000,
      facts: facts({ began: null, outcome: 'solved' }),
    });
    expect(await turnCounts(1000 + day)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ began: 'mfa-lost', walked: [['>', 'mfa-lost/type']], ended: 'left', turns: 2 }),
        expect.objectContaining({ began: 'mfa-lost', ended: 'no', turns: 1 }),
        expect.objectContaining({ outcome: 'solved', ended: 'open', turns: 1 }),
      ]),
    );
    expect(await opened.store.turnCounts(1500, day, day)).toHaveLength(1);
  });

  test('who comes back after more than a day had left; who comes back sooner had not', async () => {
    await turn(opened.store, 'a', { at: 1000, facts: facts() });
    await turn(opened.store, 'b', { at: 1000 + day, facts: facts({ began: null }) });
    await turn(opened.store, 'c', { at: 2000 + day, facts: facts({ began: null }) });
    const counts = await opened.store.turnCounts(0, 2 * day, 4 * day);
    expect(counts.map(({ began, ended }) => `${began} ${ended}`).sort()).toEqual([
      'mfa-lost left',
      'null left',
      'null no',
    ]);
  });

  test('a turn that fails to commit leaves no facts', async () => {
    await opened.store.record(textMessage('late'));
    const late = turnCommit('late', { expectedVersion: 7, facts: facts(missed('x y')) });
    await expect(opened.store.commitTurn(late)).rejects.toThrow('moved on');
    expect(await turnCounts(day)).toEqual([]);
    expect(await rest.words()).toEqual([]);
  });

  test('words wait to be judged, and only the first verdict counts', async () => {
    await turn(opened.store, 'w1', { facts: facts(missed('token thing broken')) });
    await turn(opened.store, 'w2', { conversationId: 'c2', facts: facts(missed('fob flashing')) });
    const [second, first] = await opened.store.missedWords({ state: 'new', limit: 10 });
    expect(first).toEqual({
      id: first!.id,
      at: 2000,
      platform: 'web',
      reason: 'not_understood',
      step: null,
      text: 'token thing broken',
      candidates: [{ intent: 'mfa.lost', confidence: 0.3 }],
      state: 'new',
      intent: null,
    });
    const by = { by: 'Grace', at: 3000 };
    expect(await opened.store.judgeWords([first!.id], { intent: 'mfa.lost', ...by })).toBe(1);
    expect(await opened.store.judgeWords([first!.id, second!.id], { intent: null, ...by })).toBe(1);
    expect(await opened.store.judgeWords([], { intent: null, ...by })).toBe(0);
    expect(await rest.words()).toEqual([]);
    expect(await opened.store.missedWords({ state: 'given', limit: 10 })).toMatchObject([
      { text: 'token thing broken', intent: 'mfa.lost' },
    ]);
  });

  test('words that were taken back are kept for nobody', async () => {
    await turn(opened.store, 'w1', { facts: facts(missed('my fob is flashing')) });
    await opened.store.record(deleteMessage('gone', 'w1'));
    await opened.store.forget({ key: 'gone', of: 'w1', at: 3000 });
    expect(await rest.words()).toEqual([]);
  });

  test('nor are they where a later turn kept them, less what pointed to somebody', async () => {
    await opened.store.record(textMessage('said', { text: 'ada@example.com cannot get the code' }));
    await opened.store.commitTurn(turnCommit('said', { facts: facts() }));
    await opened.store.record(pressMessage('no', 'not_solved'));
    const kept = facts({ outcome: 'not_solved', missed: { ...missed('[e-mail] cannot get the code').missed! } });
    await opened.store.commitTurn(turnCommit('no', { expectedVersion: 1, facts: kept }));
    expect(await rest.words()).toEqual(['[e-mail] cannot get the code']);
    await opened.store.record(deleteMessage('gone', 'said'));
    await opened.store.forget({ key: 'gone', of: 'said', at: 3000 });
    expect(await rest.words()).toEqual([]);
  });

  test('a changed message takes the place of its first wording', async () => {
    await turn(opened.store, 'w1', { facts: facts(missed('hmpf')) });
    await opened.store.record(editMessage('e1', 'w1', 'fob hmpf'));
    await opened.store.commitTurn(
      turnCommit('e1', { expectedVersion: 1, facts: facts({ ...missed('fob hmpf'), edited: 'w1' }) }),
    );
    expect(await rest.words()).toEqual(['fob hmpf']);
    await opened.store.record(editMessage('e2', 'w1', 'lost my phone'));
    await opened.store.commitTurn(turnCommit('e2', { expectedVersion: 2, facts: facts({ edited: 'w1' }) }));
    expect(await rest.words()).toEqual([]);
  });

  test('tickets tell when they were opened, taken and solved', async () => {
    const ticket = await openTicket(opened.store, 'open', { at: 1000 });
    const actor = { id: 'grace', name: 'Grace' };
    const claim = { ticket, actor, action: 'claim', text: null };
    const { ticket: claimed } = await turn(opened.store, 'claim', { at: 4000, change: claim });
    await turn(opened.store, 'resolve', { at: 9000, change: { ...claim, ticket: claimed!, action: 'resolve' } });
    await openTicket(opened.store, 'other', { conversationId: 'c2', at: day + 1 });
    expect(await opened.store.ticketTimes(0, day)).toEqual([
      {
        id: ticket.id,
        platform: 'web',
        intent: 'mfa.lost',
        openedAt: 1000,
        claimedAt: 4000,
        solvedAt: 9000,
        cancelledAt: null,
      },
    ]);
  });
});
