import type { OnCallOverride } from '../../core/duty';
import type { Organization } from '../../core/organization';
import type { Clock, Store } from '../../core/ports';
import { CalendarFeeds } from './calendar-feeds';
import { type DutyPlan, dayMs, onCallCalendar } from './calendar-page';
import { gapsOf, lookAheadDays, sayGap } from './gaps';
import type { Connected } from './ways';
import type { DutyFacts } from './who-is-on-call';

export interface RosterParts {
  organization: Organization;
  store: Pick<Store, 'overrides'>;
  clock: Clock;
  /** Where calendars of other programs are kept and named; absent: none is read. */
  calendars?: {
    folder: string | null;
    env: Readonly<Record<string, string | undefined>>;
    onFailed: (schedule: string, reason: string) => void;
  };
}

/** Who is on call, as the file, the calendars and the overrides say together. */
export class DutyRoster {
  private readonly feeds: CalendarFeeds | null;

  constructor(private readonly parts: RosterParts) {
    const { organization, clock, calendars } = parts;
    this.feeds = calendars ? new CalendarFeeds({ organization, now: () => clock.now(), ...calendars }) : null;
  }

  /** What is known for a time, or up to one: hand it to `whoIsOnCall` and `waysTo`. */
  async facts(from = this.parts.clock.now(), until = from + 1): Promise<DutyFacts> {
    const overrides = this.hasSchedules() ? await this.parts.store.overrides(from, until) : [];
    return this.feeds ? { overrides, calendars: this.feeds } : { overrides };
  }

  /** Who answers in the days from now on, for every schedule. */
  async calendar(days: number, from = this.parts.clock.now()): Promise<DutyPlan[]> {
    return onCallCalendar(this.parts.organization, from, days, await this.facts(from, from + days * dayMs));
  }

  /** In words, each time within the next weeks in which a route reaches nobody. */
  async gaps(connected: Connected): Promise<string[]> {
    const now = this.parts.clock.now();
    const facts = await this.facts(now, now + lookAheadDays * dayMs);
    return gapsOf(this.parts.organization, now, lookAheadDays, connected, facts).map((gap) =>
      sayGap(this.parts.organization, gap),
    );
  }

  /** Reads the calendars of other programs, now and from time to time. */
  async start(): Promise<void> {
    await this.feeds?.start();
  }

  stop(): void {
    this.feeds?.stop();
  }

  private hasSchedules(): boolean {
    return Object.keys(this.parts.organization.on_call ?? {}).length > 0;
  }
}

/** Why an override cannot be taken as it is said, in words for whoever said it; null when it can. */
export function overrideFault(
  { on_call = {}, people = {} }: Organization,
  { schedule, person, from, until }: Pick<OnCallOverride, 'schedule' | 'person' | 'from' | 'until'>,
): string | null {
  if (!Object.hasOwn(on_call, schedule))
    return `There is no schedule “${schedule}”; there is ${listed(Object.keys(on_call))}.`;
  if (!Object.hasOwn(people, person))
    return `There is nobody called “${person}” in the organisation file; there is ${listed(Object.keys(people))}.`;
  return from < until ? null : 'It must end after it begins.';
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
