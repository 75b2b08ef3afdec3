import { lastWeeks, timeInWeek, weekOf } from '../../../src/insight/weeks';

const iso = (at: number) => new Date(at).toISOString();

test.each([
  ['2026-11-23T09:00:00Z', 'UTC', '2026-W48', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-W48', '2026-11-22T23:00:00.000Z', '2026-11-29T23:00:00.000Z'],
  ['2027-01-01T12:00:00Z', 'UTC', '2026-W53', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
  ['2025-12-29T12:00:00Z', 'UTC', '2026-W01', '2025-12-29T00:00:00.000Z', '2026-01-05T00:00:00.000Z'],
  // The clocks go back and forth inside these weeks.
  ['2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-W43', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-W13', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-11-23T09:00:00Z', 'Asia/Kathmandu', '2026-W48', '2026-11-22T18:15:00.000Z', '2026-11-29T18:15:00.000Z'],
])('%s in %s is in %s', (at, timezone, name, from, to) => {
  const week = weekOf(Date.parse(at), timezone);
  expect({ ...week, from: iso(week.from), to: iso(week.to) }).toEqual({ name, from, to });
});

test('weeks follow one another without a gap, for years, in every kind of zone', () => {
  for (const timezone of ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago']) {
    const weeks = lastWeeks(Date.parse('2029-01-10T00:00:00Z'), timezone, 170);
    weeks.slice(1).forEach((week, index) => {
      expect(week.from).toBe(weeks[index]!.to);
      expect(week.name > weeks[index]!.name).toBe(true);
    });
  }
});

test('an hour that the clocks leave out is taken for the one after it', () => {
  const week = weekOf(Date.parse('2026-03-25T12:00:00Z'), 'Europe/Berlin');
  expect(iso(timeInWeek(week, 6, 2, 30, 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z');
});
