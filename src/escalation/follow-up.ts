import type { EscalationTimes } from '../core/duty';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** No longer than this when it is urgent, whatever the organisation file says. */
export const urgentFollowUp: EscalationTimes = {
  remind: 20 * minute,
  return: 20 * minute,
  askUser: 2 * hour,
  askAws: 4 * hour,
};

/** Where no route says how long somebody may take to claim a ticket. */
export const usualClaimMs = 30 * minute;
/** Urgent tickets wait a third of the time, where their route is not their own. */
export const urgentShare = 1 / 3;

/** When every tier was called and nobody took it, the chain rests, each time twice as long, and begins again. */
export function restAfter(round: number, urgent: boolean): number {
  const [first, longest] = urgent ? [10 * minute, 4 * hour] : [hour, day];
  return Math.min(longest, first * 2 ** Math.min(round, 20));
}

/** Nobody could be reached at all: how soon that is tried again. */
export const tryAgainMs = 5 * minute;
/** A person who does not answer is asked so often; after that only their administrator is told. */
export const asksOfUser = 2;
/** So often an employee who wrote to AWS is asked whether AWS has answered. */
export const asksAboutAws = 4;
/** A ticket behind another looks so often whether something has changed, should it have missed a word of it. */
export const lookAtLeaderMs = hour;
/** Where what was picked says no length of time. */
export const usualSnoozeMs = 4 * hour;
const longestSnoozeMs = 30 * day;

/** How long a snooze is: `30m`, `4h`, `2d`. */
export function snoozeMs(choice: string | undefined): number {
  const [, amount, unit] = /^(\d{1,4})(m|h|d)$/.exec(choice ?? '') ?? [];
  if (amount === undefined || Number(amount) === 0) return usualSnoozeMs;
  return Math.min(longestSnoozeMs, Number(amount) * { m: minute, h: hour, d: day }[unit as 'm' | 'h' | 'd']);
}
