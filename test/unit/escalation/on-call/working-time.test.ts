import type { WorkingHours } from '../../../../src/core/duty';
import { addWorkingTime, isWorkingTime, nextWorkingTime } from '../../../../src/escalation/on-call';

const at = (text: string): number => Date.parse(text);
const utc = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString().slice(0, 16));
const berlin = 'Europe/Berlin';
const office: WorkingHours = {
  week: [
    { days: 'mon-thu', from: '09:00', until: '17:00' },
    { days: 'fri', from: '09:00', until: '12:00' },
    { days: 'fri', from: '13:00', until: '15:00' },
  ],
  holidays: ['12-25', '2026-12-28'],
};

test.each([
  ['Monday, opening', '2026-11-30T08:00Z', true],
  ['Monday, a moment before', '2026-11-30T07:59Z', false],
  ['Monday, closing', '2026-11-30T16:00Z', false],
  ['Friday, at noon', '2026-12-04T11:30Z', false],
  ['Friday, after the break', '2026-12-04T12:00Z', true],
  ['Saturday', '2026-12-05T10:00Z', false],
  ['a holiday of every year', '2026-12-25T10:00Z', false],
  ['the same in another year', '2028-12-25T10:00Z', false],
  ['a holiday of one year', '2026-12-28T10:00Z', false],
  ['that day in another year', '2027-12-28T10:00Z', true],
  ['summer time', '2027-06-01T07:00Z', true],
])('%s', (_name, time, expected) => {
  expect(isWorkingTime(office, at(time), berlin)).toBe(expected);
});

test('a night shift goes on into the next day, also into a holiday', () => {
  const night: WorkingHours = { week: [{ days: 'thu-sun', from: '22:00', until: '06:00' }], holidays: ['2026-12-25'] };
  expect(isWorkingTime(night, at('2026-12-25T04:59Z'), berlin)).toBe(true);
  expect(isWorkingTime(night, at('2026-12-25T22:00Z'), berlin)).toBe(false);
  expect(isWorkingTime(night, at('2026-12-28T04:00Z'), berlin)).toBe(true);
  expect(isWorkingTime(night, at('2026-12-29T04:00Z'), berlin)).toBe(false);
});

test('days may run over the end of the week, and a day to its very end', () => {
  const late: WorkingHours = { week: [{ days: 'sat-mon', from: '12:00', until: '24:00' }] };
  expect(
    ['2026-12-05', '2026-12-06', '2026-12-07', '2026-12-08'].map((day) =>
      isWorkingTime(late, at(`${day}T22:59Z`), berlin),
    ),
  ).toEqual([true, true, true, false]);
  expect(isWorkingTime(late, at('2026-12-05T23:00Z'), berlin)).toBe(false);
});

test('the next working time passes over weekends and holidays', () => {
  expect(utc(nextWorkingTime(office, at('2026-11-30T09:00Z'), berlin))).toBe('2026-11-30T09:00');
  expect(utc(nextWorkingTime(office, at('2026-11-30T16:00Z'), berlin))).toBe('2026-12-01T08:00');
  expect(utc(nextWorkingTime(office, at('2026-12-24T20:00Z'), berlin))).toBe('2026-12-29T08:00');
  // Over the change of clocks.
  expect(utc(nextWorkingTime(office, at('2027-03-26T20:00Z'), berlin))).toBe('2027-03-29T07:00');
});

test('hours that name a zone keep to it', () => {
  const tokyo = { ...office, timezone: 'Asia/Tokyo' };
  expect(isWorkingTime(tokyo, at('2026-11-30T00:00Z'), berlin)).toBe(true);
  expect(isWorkingTime(tokyo, at('2026-11-30T08:00Z'), berlin)).toBe(false);
});

test('a deadline in working time waits for the next day', () => {
  const quarter = 15 * 60_000;
  expect(utc(addWorkingTime(office, at('2026-11-30T10:00Z'), quarter, berlin))).toBe('2026-11-30T10:15');
  expect(utc(addWorkingTime(office, at('2026-11-30T15:50Z'), quarter, berlin))).toBe('2026-12-01T08:05');
  expect(utc(addWorkingTime(office, at('2026-12-04T10:50Z'), quarter, berlin))).toBe('2026-12-04T12:05');
  expect(utc(addWorkingTime(office, at('2026-12-04T20:00Z'), 24 * 4 * quarter, berlin))).toBe('2026-12-09T16:00');
});

test('work that never begins has no next time', () => {
  const never: WorkingHours = { week: [{ days: 'mon', from: '09:00', until: '10:00' }], holidays: [] };
  for (let day = at('2026-01-05T00:00Z'); day < at('2028-01-01T00:00Z'); day += 7 * 86_400_000)
    never.holidays!.push(new Date(day).toISOString().slice(0, 10));
  expect(nextWorkingTime(never, at('2026-01-05T00:00Z'), 'UTC')).toBeNull();
  expect(addWorkingTime(never, at('2026-01-05T00:00Z'), 1, 'UTC')).toBeNull();
});
