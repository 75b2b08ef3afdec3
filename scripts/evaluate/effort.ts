import { outOfScope } from '../../src/core/understanding';
import { isWanted, type Judgement } from './figures';

/**
 * What a message costs the person who sent it, in turns they would rather not have had. Judgement, not measurement: a press
 * is quick; "none of these" and "I did not understand" mean typing anew; a wrong answer is read, tried and then corrected.
 */
export const costs = { right: 0, press: 1, noneOffered: 3, refused: 3, wrong: 5 } as const;

type Policy = (j: Judgement) => number;

const asking =
  (offered: number): Policy =>
  (j) =>
    j.ranked.slice(0, offered).some((intent) => isWanted(j, intent)) ? costs.press : costs.noneOffered;
const answering: Policy = (j) => (isWanted(j, j.forced) ? costs.right : costs.wrong);
const shippedWith =
  (ask: Policy): Policy =>
  (j) => {
    if (j.decision === 'not_understood') return costs.refused;
    if (j.decision === 'clarify') return ask(j);
    return isWanted(j, j.intent) ? costs.right : costs.wrong;
  };
const offeredNow: Policy = (j) =>
  j.alternatives.some((intent) => isWanted(j, intent)) ? costs.press : costs.noneOffered;

/** Mean effort over the in-scope rows: as shipped, and as it would be under other rules. */
export function effort(judged: readonly Judgement[]) {
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const mean = (policy: Policy) =>
    inside.length > 0
      ? Math.round((1000 * inside.reduce((sum, j) => sum + policy(j), 0)) / inside.length) / 1000
      : null;
  return {
    shipped: mean(shippedWith(offeredNow)),
    offering_two: mean(shippedWith(asking(2))),
    offering_three: mean(shippedWith(asking(3))),
    always_answering: mean(answering),
    always_asking: mean(asking(3)),
  };
}
