import type { Content } from '../../src/core/content';
import type { Platform } from '../../src/core/message';
import type { Store } from '../../src/core/ports';
import { isAsk } from '../../src/core/scenario';
import { seededRandom } from '../../src/core/seeded-random';
import type { TurnFacts } from '../../src/core/turn-facts';
import { conversation, textMessage, ticketDetails, turnCommit } from './store';

const hour = 60 * 60 * 1000;
const week = 7 * 24 * hour;

export interface InventedPast {
  now: number;
  weeks: number;
  people: number;
  seed?: number;
}

export const facts = (parts: Partial<TurnFacts> = {}): TurnFacts => ({
  step: null,
  next: null,
  began: null,
  walked: [],
  decision: 'answer',
  outcome: null,
  missed: null,
  edited: null,
  ...parts,
});

/** People who came over some weeks, walked the real scenarios, and were helped, handed over, or left: for pictures and tests. */
export async function inventPast(store: Store, content: Content, past: InventedPast): Promise<void> {
  const random = seededRandom(past.seed ?? 7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const busy = ['mfa-lost', 'mfa-lost', 'mfa-lost', 'password-forgot', 'password-forgot', 'signin-cannot-sign-in'];
  for (let person = 0; person < past.people; person++) {
    const scenario = content.byName.get(random() < 0.6 ? pick(busy) : pick(content.scenarios).name)!;
    const platform: Platform = pick(['slack', 'slack', 'teams', 'web']);
    const id = `invented-${person}`;
    let at = Math.floor(past.now - random() * past.weeks * week);
    let version = 0;
    const commit = async (key: string, parts: Parameters<typeof turnCommit>[1]) => {
      await store.record(textMessage(`${id}/${key}`, { conversation: id, platform }));
      const base = { at, conversationId: id, platform, conversation: conversation(), expectedVersion: version++ };
      const { ticket } = await store.commitTurn(
        turnCommit(`${id}/${key}`, { ...base, said: null, replies: () => [], ...parts }),
      );
      at += Math.floor(random() * 4 * 60_000);
      return ticket;
    };
    const full = (step: string) => `${scenario.name}/${step}`;
    let here = scenario.start;
    await commit('begin', { facts: facts({ next: full(here), began: scenario.name, walked: [['>', full(here)]] }) });
    for (let move = 0; move < 6; move++) {
      const step = scenario.steps[here]!;
      if (random() < 0.14) break;
      if (!isAsk(step) && random() < 0.4) {
        await commit(`s${move}`, { facts: facts({ step: full(here), outcome: 'solved' }) });
        break;
      }
      const targets = isAsk(step) ? Object.values(step.answers) : step.then === undefined ? [] : [step.then];
      const target = targets.length ? pick(targets) : null;
      const to = typeof target === 'string' ? target : target && 'to' in target ? target.to : null;
      if (to === null || !scenario.steps[to]) {
        const details = ticketDetails({ platform, intent: scenario.intent });
        const open = { role: 'account-admin' as const, details };
        const done = facts({ step: full(here), next: full(here), outcome: 'handed_over' });
        const ticket = (await commit(`t${move}`, { facts: done, open }))!;
        at += Math.floor((0.1 + random()) * 0.5 * hour);
        const actor = { id: 'grace', name: 'Grace' };
        const claimed = (await commit(`c${move}`, { change: { ticket, actor, action: 'claim', text: null } }))!;
        at += Math.floor((0.2 + random()) * 3 * hour);
        if (random() < 0.9)
          await commit(`r${move}`, { change: { ticket: claimed, actor, action: 'resolve', text: null } });
        break;
      }
      const outcome = isAsk(step) ? null : ('not_solved' as const);
      await commit(`m${move}`, {
        facts: facts({ step: full(here), next: full(to), walked: [[full(here), full(to)]], outcome }),
      });
      here = to;
    }
  }
}

/** Words that nobody understood, some of them alike. */
export async function inventMissed(store: Store, texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const id = `missed-${index}`;
    await store.record(textMessage(id, { conversation: id }));
    const missed = {
      text,
      reason: 'not_understood' as const,
      step: null,
      candidates: [{ intent: 'mfa.lost', confidence: 0.31 }],
    };
    await store.commitTurn(
      turnCommit(id, { conversationId: id, at: 1000 + index, facts: facts({ outcome: 'not_understood', missed }) }),
    );
  }
}

export const missedTexts = [
  'yubi thingy snapped in half',
  'my yubi snapped',
  'the yubi snapped in two, what now',
  'duo says no such enrolment',
  'duo enrolment gone',
  '=HYPERLINK("http://evil.example","click")',
  'the coffee machine is broken',
];
