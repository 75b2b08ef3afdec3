import type { Content } from './content';
import { isAsk, type Scenario, type Step, type Target } from './scenario';

/** What is known about the person's situation, by slot: values of questions answered or found in their words. */
export type Slots = Readonly<Record<string, string>>;

/** A place in a scenario. `scenario` is the folder name. */
export interface Position {
  scenario: string;
  step: string;
}

export interface Arrival {
  position: Position;
  slots: Slots;
  /** Steps passed over because what they ask or lead to was known. */
  skipped: Position[];
}

export class NavigationError extends Error {
  override name = 'NavigationError';
}

export function stepAt(content: Content, position: Position): { scenario: Scenario; step: Step } {
  const scenario = content.byName.get(position.scenario);
  const step = scenario?.steps[position.step];
  if (!scenario || !step) throw new NavigationError(`there is no step ${position.scenario}/${position.step}`);
  return { scenario, step };
}

export const stepName = (position: Position): string => `${position.scenario}/${position.step}`;

/** The start of an intent's scenario. */
export function startOf(content: Content, intent: string): Position {
  const scenario = content.byIntent.get(intent);
  if (!scenario) throw new NavigationError(`there is no scenario for the intent ${intent}`);
  return { scenario: scenario.name, step: scenario.start };
}

/**
 * Follows a target, and every question whose answer is already known, to the next step that has to be shown.
 * Pure; throws a NavigationError on a loop of questions that answer each other (the content check finds those first).
 */
export function follow(content: Content, from: Position, target: Target, slots: Slots): Arrival {
  const named = typeof target === 'string' ? { to: target } : target;
  const known = 'set' in named && named.set ? { ...slots, ...named.set } : slots;
  const next = 'go' in named ? startOf(content, named.go) : { scenario: from.scenario, step: named.to };
  return arrive(content, next, known);
}

/** Passes over questions with known answers and steps that known facts lead past, beginning at `position`. */
export function arrive(content: Content, position: Position, slots: Slots): Arrival {
  const skipped: Position[] = [];
  let here = position;
  let known = slots;
  for (;;) {
    const { step } = stepAt(content, here);
    const value = isAsk(step) ? known[step.ask] : undefined;
    const answer = isAsk(step) && value !== undefined ? step.answers[value] : undefined;
    const target =
      step.instead?.find(({ if: wanted }) => Object.entries(wanted).every(([slot, is]) => known[slot] === is))?.then ??
      answer;
    if (target === undefined) return { position: here, slots: known, skipped };
    if (skipped.some((seen) => stepName(seen) === stepName(here))) {
      throw new NavigationError(`the steps around ${stepName(here)} lead to each other in a circle`);
    }
    skipped.push(here);
    const named = typeof target === 'string' ? { to: target } : target;
    known = 'set' in named && named.set ? { ...known, ...named.set } : known;
    here = 'go' in named ? startOf(content, named.go) : { scenario: here.scenario, step: named.to };
  }
}
