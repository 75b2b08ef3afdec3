import type { TurnFacts } from '../../../src/core/turn-facts';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { pressMessage, textMessage } from '../../builders/store';
import { TurnsWorld } from '../../builders/turns';

/** Facts as the turns of a conversation hand them to the store, in order. */
async function factsAfter(...said: string[]): Promise<TurnFacts[]> {
  const store = await openSqliteStore(':memory:');
  const facts: TurnFacts[] = [];
  const commit = store.commitTurn.bind(store);
  store.commitTurn = (turn) => {
    if (turn.facts) facts.push(turn.facts);
    return commit(turn);
  };
  const world = new TurnsWorld(store);
  for (const [index, what] of said.entries()) {
    const key = `k${index}`;
    await world.receive(what.startsWith('!') ? pressMessage(key, what.slice(1)) : textMessage(key, { text: what }));
  }
  expect(world.failures).toEqual([]);
  await store.close();
  return facts;
}
const last = async (...said: string[]) => (await factsAfter(...said)).at(-1)!;

const lost = 'lost my phone, no mfa for aws, iam user i think';

test('a problem that begins is noted with the steps it walks, those with known answers too', async () => {
  expect(await last(lost)).toEqual({
    step: null,
    next: 'mfa-lost/iam/another-device',
    began: 'mfa-lost',
    walked: [['>', 'mfa-lost/which-type', 'mfa-lost/iam/another-device']],
    decision: 'answer',
    outcome: null,
    missed: null,
    edited: null,
  });
});

test('helped counts when the person says so, and not before', async () => {
  expect(await last(lost, '!solved')).toMatchObject({
    step: 'mfa-lost/iam/another-device',
    outcome: 'solved',
    next: null,
  });
  expect(await last(lost, 'thanks')).toMatchObject({ outcome: null });
});

test('what a person solved is not counted as the bot’s own', async () => {
  expect(await last(lost, '!ask_admin', '!solved')).toMatchObject({ outcome: 'taken_back' });
  expect(await last(lost, '!ask_admin')).toMatchObject({ outcome: 'handed_over' });
});

test('what did not help is kept once for each problem, in the person’s words', async () => {
  const facts = await factsAfter(lost, '!not_solved');
  expect(facts.at(-1)).toMatchObject({
    outcome: 'not_solved',
    missed: {
      text: lost,
      reason: 'not_solved',
      step: 'mfa-lost/iam/another-device',
    },
  });
});

test('what was not understood is kept with what it might have been', async () => {
  const { outcome, missed } = await last('the wombat flange is upside down again');
  expect(outcome).toBe('not_understood');
  expect(missed).toMatchObject({
    text: 'the wombat flange is upside down again',
    reason: 'not_understood',
    step: null,
  });
  expect(missed!.candidates.length).toBeGreaterThan(0);
});

test('a menu, a greeting and a secret leave no words', async () => {
  for (const said of ['hello', '!help', 'thanks'])
    expect((await factsAfter(said)).map(({ missed }) => missed)).toEqual([null]);
});
