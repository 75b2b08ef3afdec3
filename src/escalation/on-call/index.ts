/** Who answers, when people work, and what a name in a tier stands for at a time. */

export { CalendarFeeds, type FeedState } from './calendar-feeds';
export { type DutyPlan, nameOf, onCallCalendar } from './calendar-page';
export { DutyRoster, overrideFault, type RosterParts } from './duty-roster';
export { type Gap, gapsOf, lookAheadDays, sayGap } from './gaps';
export { type Need, routeFor } from './route-for';
export { readTime, sayTime } from './times';
export { type Connected, placesNow, standIns, type Ways, waysTo } from './ways';
export { type CalendarReader, colleaguesNamed, type DutyFacts, whoIsOnCall, zoneOf } from './who-is-on-call';
export { addWorkingTime, isWorkingTime, nextWorkingTime } from './working-time';
