import { CalendarFeeds, gapsOf, lookAheadDays, nameOf, sayGap, whoIsOnCall } from '../../src/escalation/on-call';
import { carriersOf } from './carriers';
import { check } from './check';

/** Whether somebody answers at any hour of the coming weeks. */
export const onCall = check(
  'who is on call',
  {
    'calendar-unreadable': {
      kind: 'fault',
      fault: 'The calendar of a schedule cannot be read, so nobody is known to be on call:',
      remedy: 'Correct its path or address in the organisation file, and see that this machine may read it.',
    },
    'calendar-stranger': {
      kind: 'warning',
      fault: 'The calendar of a schedule names somebody who is not among the people of the organisation file:',
      remedy: 'Add them under people with the e-mail address or name that the calendar uses.',
    },
    'nobody-reached': {
      kind: 'warning',
      fault: 'A route reaches nobody for a time within the next 30 days:',
      remedy:
        'Put somebody on call for that time (an override, or another rotation), or add a tier that is always reachable.',
    },
  },
  async ({ env, settings, organization, store }, report) => {
    if (!settings || !organization) return;
    const now = Date.now();
    const calendars = new CalendarFeeds({ organization, folder: null, env, now: Date.now, onFailed: () => {} });
    await calendars.refresh();
    for (const { schedule, fault } of calendars.states())
      if (fault !== null) report.found('calendar-unreadable', `${schedule}: ${fault}.`);
    for (const { schedule, name } of calendars.strangers(now, lookAheadDays))
      report.found('calendar-stranger', `${schedule}: ${name}.`);
    const overrides = (await (await store())?.overrides(now, Number.MAX_SAFE_INTEGER)) ?? [];
    const facts = { overrides, calendars };
    const schedules = Object.keys(organization.on_call ?? {});
    const connected = carriersOf(settings, organization);
    const gaps = connected.size > 0 ? gapsOf(organization, now, lookAheadDays, connected, facts) : [];
    if (gaps.length > 0)
      report.found(
        'nobody-reached',
        gaps
          .slice(0, 10)
          .map((gap) => `\n${sayGap(organization, gap)}`)
          .join(''),
      );
    for (const schedule of schedules) {
      const people = whoIsOnCall(organization, schedule, now, facts).map((id) => nameOf(organization, id));
      if (people.length > 0) report.ok(`${schedule}: ${people.join(', ')}`);
    }
  },
);
