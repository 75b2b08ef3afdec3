import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd } from './crowd';

/** Whoever has no answer by then gets none. */
const PATIENCE_MS = 15_000;

/** So many things a second, one after the other at even distances, whether or not the bot keeps up. */
export async function steadily(
  crowd: Crowd,
  { perSecond, seconds, shareOfPresses }: { perSecond: number; seconds: number; shareOfPresses: number },
): Promise<void> {
  const start = performance.now();
  const all = perSecond * seconds;
  for (let next = 0; next < all; await pause(1)) {
    for (; next < all && start + (next * 1000) / perSecond <= performance.now(); next++)
      if (!crowd.goesOn(start + (next * 1000) / perSecond, shareOfPresses)) break;
  }
  await lastAnswers(crowd);
}

/** As many as the bot can take: so many are always waiting. Returns how many were answered within the time. */
export async function fully(
  crowd: Crowd,
  { waiting, seconds }: { waiting: number; seconds: number },
): Promise<{ answered: number; seconds: number }> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const fill = (): void => {
    while (performance.now() < end && crowd.outstanding < waiting && crowd.goesOn(performance.now(), 0));
  };
  crowd.onAnswered = fill;
  fill();
  await pause(end - performance.now());
  const answered = crowd.met.answered;
  const took = (performance.now() - start) / 1000;
  await lastAnswers(crowd);
  return { answered, seconds: took };
}

/** Everybody says one thing, so that nobody is new any more. */
export async function everybody(crowd: Crowd, { people, waiting }: { people: number; waiting: number }): Promise<void> {
  const fill = (): void => {
    while (crowd.met.sent < people && crowd.outstanding < waiting && crowd.goesOn(performance.now(), 0));
  };
  crowd.onAnswered = fill;
  fill();
  const latest = performance.now() + 60_000;
  while (crowd.met.answered < people && performance.now() < latest) await pause(20);
}

async function lastAnswers(crowd: Crowd): Promise<void> {
  const latest = performance.now() + PATIENCE_MS;
  while (crowd.outstanding > 0 && performance.now() < latest) await pause(20);
  // What follows an answer (old buttons going away) must not weigh on whatever is measured next.
  await pause(200);
}
