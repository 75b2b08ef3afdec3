import { z } from 'zod';
import { milliseconds } from './duration';

export const timeZoneSchema = z.string().refine(isTimeZone, 'unknown time zone; write it as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as "09:00", in quotes');
const endOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time as "17:30", in quotes');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as "2027-01-01", in quotes')
  .refine(isDate, 'there is no such day');
/** Of one year, or of every year. */
const holiday = z
  .string()
  .regex(/^(\d{4}-)?\d{2}-\d{2}$/, 'write a holiday as "2027-04-05", or as "12-25" for every year, in quotes')
  .refine((text) => isDate(text.length === 5 ? `2024-${text}` : text), 'there is no such day');

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const someDays = z
  .string()
  .regex(/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/, 'write days as mon-fri, or sat');

/** When people work. A time that ends before it begins goes on into the next day. */
export const workingHoursSchema = z.strictObject({
  /** By default the company's. */
  timezone: timeZoneSchema.optional(),
  week: z.array(z.strictObject({ days: someDays, from: timeOfDay, until: endOfDay })).min(1),
  holidays: z.array(holiday).optional(),
});
export type WorkingHours = z.infer<typeof workingHoursSchema>;

/** A colleague who can be asked for help, and the ways to reach them alone. */
export const colleagueSchema = z.strictObject({
  name: z.string().min(1).optional(),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/, 'a Slack member id begins with U or W')
    .optional(),
  teams: z
    .string()
    .regex(/^29:\S+$/, 'a Teams user id begins with 29:')
    .optional(),
  email: z.email().optional(),
  /** Days on which they are not called; `until` included. Whoever answers instead is named by an override. */
  away: z.array(z.strictObject({ from: date, until: date })).optional(),
});
export type Colleague = z.infer<typeof colleagueSchema>;

const rotationSchema = z.strictObject({
  people: z.array(z.string()).min(1),
  /** The day of the first handover. */
  start: date,
  every: z.string().regex(/^[1-9]\d?(d|w)$/, 'write a turn as 1d, 1w or 2w'),
  handover: timeOfDay.default('09:00'),
});
export type Rotation = z.infer<typeof rotationSchema>;

const calendarSchema = z
  .string()
  .refine(
    (text) => !text.includes('://') || (URL.canParse(text) && new URL(text).protocol === 'https:'),
    'an https address or the path of an .ics file is needed',
  );

/** Who answers, by turns: a rotation of our own, or a calendar kept elsewhere. */
export const scheduleSchema = z
  .strictObject({
    /** By default the company's. */
    timezone: timeZoneSchema.optional(),
    rotation: rotationSchema.optional(),
    /** The path of an .ics file, or its https address. */
    calendar: calendarSchema.optional(),
    /** The address of the calendar is a secret: the environment variable that holds it. */
    calendar_env: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'name an environment variable')
      .optional(),
    /** Nobody is on call outside these working hours. */
    hours: z.string().optional(),
  })
  .refine(
    ({ rotation, calendar, calendar_env }) => [rotation, calendar, calendar_env].filter(Boolean).length === 1,
    'name one of rotation, calendar and calendar_env',
  );
export type Schedule = z.infer<typeof scheduleSchema>;

/** Somebody answers instead of whom the plan names. Times are milliseconds since 1970; `until` is no longer part of it. */
export interface OnCallOverride {
  id: number;
  schedule: string;
  /** The id of a colleague. */
  person: string;
  from: number;
  until: number;
  /** Who said so. */
  by: string;
  madeAt: number;
}

/** A stretch of time in which the same people answer; nobody when `people` is empty. */
export interface Shift {
  from: number;
  until: number;
  people: string[];
}

/** How long to wait before something happens to a ticket by itself. */
export interface EscalationTimes {
  /** Claimed, and nothing done since: a reminder. */
  remind: number;
  /** Reminded, and still nothing done: it goes back to everybody. */
  return: number;
  /** Waiting for the employee: they are asked again. */
  askUser: number;
  /** Waiting for AWS: the employee is asked whether AWS has answered. */
  askAws: number;
}

export const defaultTimes = { remind_after: '2h', return_after: '2h', ask_user_after: '1d', ask_aws_after: '1d' };

export const escalationTimes = (
  times: Partial<Record<keyof typeof defaultTimes, string | undefined>> = {},
): EscalationTimes => ({
  remind: milliseconds(times.remind_after ?? defaultTimes.remind_after),
  return: milliseconds(times.return_after ?? defaultTimes.return_after),
  askUser: milliseconds(times.ask_user_after ?? defaultTimes.ask_user_after),
  askAws: milliseconds(times.ask_aws_after ?? defaultTimes.ask_aws_after),
});
