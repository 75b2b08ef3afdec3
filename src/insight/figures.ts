import type { TicketTimes, TurnCount } from '../core/turn-facts';
import { walkBegins } from '../core/turn-facts';
import { type Middle, middle } from './middle';

/** What can be said of a span of time, from recorded facts alone. Counts are counts of what happened; nothing is estimated. */
export interface Figures {
  /** Problems that people began to tell about. */
  problems: number;
  /** Of them, said by the person to be solved, with nobody else's help. */
  helpedAlone: number;
  /** Requests to people that were opened. */
  handedOver: number;
  /** Messages that were not understood. */
  notUnderstood: number;
  /** People who left in the middle of a step and have not come back for a day. */
  gaveUp: number;
  /** Milliseconds; null while there is none. */
  toClaim: Middle | null;
  toSolve: Middle | null;
  scenarios: ScenarioFigures[];
  steps: StepFigures[];
}

export interface ScenarioFigures {
  scenario: string;
  /** How often somebody came into it, by their words or from another scenario. */
  entered: number;
  helpedAlone: number;
  handedOver: number;
  gaveUp: number;
}

export interface StepFigures {
  step: string;
  /** How often it was on show, or passed over because its answer was known. */
  reached: number;
  notHelped: number;
  gaveUp: number;
  solved: number;
  handedOver: number;
}

/** The scenario of a step's full name. */
export const scenarioOf = (step: string): string => step.slice(0, step.indexOf('/'));

/** @param platform null: all of them together */
export function figuresOf(
  turns: readonly TurnCount[],
  tickets: readonly TicketTimes[],
  platform: string | null,
): Figures {
  const mine = platform === null ? turns : turns.filter((turn) => turn.platform === platform);
  const asked = platform === null ? tickets : tickets.filter((ticket) => ticket.platform === platform);
  const scenarios = new Map<string, ScenarioFigures>();
  const steps = new Map<string, StepFigures>();
  const ofScenario = (scenario: string) =>
    at(scenarios, scenario, { scenario, entered: 0, helpedAlone: 0, handedOver: 0, gaveUp: 0 });
  const ofStep = (step: string) =>
    at(steps, step, { step, reached: 0, notHelped: 0, gaveUp: 0, solved: 0, handedOver: 0 });
  const total = { problems: 0, helpedAlone: 0, handedOver: 0, notUnderstood: 0, gaveUp: 0 };
  for (const turn of mine) {
    const { turns: count, step, next, outcome } = turn;
    if (turn.began !== null) total.problems += count;
    for (const walk of turn.walked) {
      walk.forEach((name, index) => {
        if (name === walkBegins) return;
        // The head of a walk that goes on from a step was reached by an earlier one.
        const isHead = index === 0 && walk.length > 1 && name === step;
        if (!isHead) ofStep(name).reached += count;
        const before = walk[index - 1];
        if (before !== undefined && (before === walkBegins || scenarioOf(before) !== scenarioOf(name)))
          ofScenario(scenarioOf(name)).entered += count;
      });
    }
    if (outcome === 'not_understood') total.notUnderstood += count;
    if (outcome === 'solved') {
      total.helpedAlone += count;
      if (step) {
        ofStep(step).solved += count;
        ofScenario(scenarioOf(step)).helpedAlone += count;
      }
    }
    if (outcome === 'handed_over') {
      total.handedOver += count;
      if (step) {
        ofStep(step).handedOver += count;
        ofScenario(scenarioOf(step)).handedOver += count;
      }
    }
    if (outcome === 'not_solved' && step) ofStep(step).notHelped += count;
    if (turn.ended === 'left' && next && outcome !== 'solved' && outcome !== 'handed_over') {
      total.gaveUp += count;
      ofStep(next).gaveUp += count;
      ofScenario(scenarioOf(next)).gaveUp += count;
    }
  }
  return {
    ...total,
    toClaim: middle(asked.flatMap(({ openedAt, claimedAt }) => (claimedAt === null ? [] : [claimedAt - openedAt]))),
    toSolve: middle(asked.flatMap(({ openedAt, solvedAt }) => (solvedAt === null ? [] : [solvedAt - openedAt]))),
    scenarios: [...scenarios.values()].sort((a, b) => b.entered - a.entered || a.scenario.localeCompare(b.scenario)),
    steps: [...steps.values()].sort(
      (a, b) => b.gaveUp - a.gaveUp || b.reached - a.reached || a.step.localeCompare(b.step),
    ),
  };
}

function at<T>(all: Map<string, T>, key: string, empty: T): T {
  const known = all.get(key);
  if (known) return known;
  all.set(key, empty);
  return empty;
}
