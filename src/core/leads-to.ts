import type { Content } from './content';
import { type Role, roles } from './escalation';
import { follow, type Position, type Slots, stepAt, stepName } from './navigate';
import { isAsk } from './scenario';

/**
 * Whom the path from here finally leads to, in order, if nothing else helps. At a question whose answer is open, only
 * what all answers share is certain.
 */
export function leadsTo(content: Content, position: Position, slots: Slots): Role[] {
  return walk(content, position, slots, new Set());
}

function walk(content: Content, position: Position, slots: Slots, seen: Set<string>): Role[] {
  const { step } = stepAt(content, position);
  const name = stepName(position);
  if (seen.has(name)) return [];
  const met = new Set(seen).add(name);
  if (isAsk(step)) {
    const branches = Object.entries(step.answers).map(([value, target]) => {
      const next = follow(content, position, target, { ...slots, [step.ask]: value });
      return walk(content, next.position, next.slots, met);
    });
    const [first = [], ...rest] = branches;
    return first.filter((role) =>
      rest.every((branch) => branch.some((other) => roles[other].group === roles[role].group)),
    );
  }
  const here = step.offer ? [step.offer] : [];
  if (step.then === undefined) return here;
  const next = follow(content, position, step.then, slots);
  const further = walk(content, next.position, next.slots, met);
  return [...here, ...further.filter((role) => !here.includes(role))];
}
