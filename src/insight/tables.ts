import type { Cell } from './csv';
import type { Figures } from './figures';
import type { Middle } from './middle';

const minutes = (middle: Middle | null, share: 'half' | 'nineTenths'): Cell =>
  middle === null ? null : Math.round(middle[share] / 6_000) / 10;

/** The figures of each week, a line each. */
export const weeksTable = (weeks: readonly { name: string; figures: Figures }[]): Cell[][] => [
  [
    'week',
    'problems',
    'helped_without_a_person',
    'handed_to_people',
    'gave_up',
    'not_understood',
    'requests_taken',
    'minutes_until_taken_half',
    'minutes_until_taken_nine_tenths',
    'requests_solved',
    'minutes_until_solved_half',
    'minutes_until_solved_nine_tenths',
  ],
  ...weeks.map(({ name, figures: f }) => [
    name,
    f.problems,
    f.helpedAlone,
    f.handedOver,
    f.gaveUp,
    f.notUnderstood,
    f.toClaim?.of ?? 0,
    minutes(f.toClaim, 'half'),
    minutes(f.toClaim, 'nineTenths'),
    f.toSolve?.of ?? 0,
    minutes(f.toSolve, 'half'),
    minutes(f.toSolve, 'nineTenths'),
  ]),
];

export const scenariosTable = ({ scenarios }: Figures, titleOf: (scenario: string) => string): Cell[][] => [
  ['scenario', 'title', 'came_in', 'helped_without_a_person', 'handed_to_people', 'gave_up'],
  ...scenarios.map(({ scenario, entered, helpedAlone, handedOver, gaveUp }) => [
    scenario,
    titleOf(scenario),
    entered,
    helpedAlone,
    handedOver,
    gaveUp,
  ]),
];

export const stepsTable = ({ steps }: Figures): Cell[][] => [
  ['step', 'came_here', 'solved', 'did_not_help', 'handed_to_people', 'gave_up'],
  ...steps.map(({ step, reached, solved, notHelped, handedOver, gaveUp }) => [
    step,
    reached,
    solved,
    notHelped,
    handedOver,
    gaveUp,
  ]),
];
