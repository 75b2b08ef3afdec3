import type { Content } from '../core/content';
import { dayOf } from '../core/support-plan';
import type { Fault } from './faults';

/** After this long a source has to be read again. */
const staleAfterDays = 365;
const dayMs = 86_400_000;

/**
 * Content that time has overtaken: dated facts that have passed, and sources nobody has read for a year. Warnings, not
 * faults: a bot that stops at midnight on New Year's Eve helps nobody.
 */
export function ageing(content: Content, now: number): Fault[] {
  const today = dayOf(now);
  const oldest = dayOf(now - staleAfterDays * dayMs);
  const plans = Object.values(content.supportPlans)
    .filter(({ last_day }) => last_day !== undefined && last_day < today)
    .map(({ name, last_day }) => ({
      file: 'intents/support-plans.yaml',
      problem: `${name} ended on ${last_day}`,
      remedy: 'remove it, or correct the date from its source',
    }));
  const rules = [...content.rules.values()]
    .filter(({ checked }) => checked < oldest)
    .map(({ id, checked, source }) => ({
      file: 'intents/escalation.yaml',
      problem: `rule ${id} was last checked on ${checked}`,
      remedy: `read ${source} again and set the new date`,
    }));
  const links = [...content.links.values()]
    .filter(({ checked }) => checked < oldest)
    .map(({ id, checked, url }) => ({
      file: 'intents/links.yaml',
      problem: `link ${id} was last checked on ${checked}`,
      remedy: `open ${url} and set the new date`,
    }));
  return [...plans, ...rules, ...links];
}
