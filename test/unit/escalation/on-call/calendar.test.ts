import { readCalendar } from '../../../../src/escalation/on-call/calendar';

const at = (text: string): number => Date.parse(text);
const day = 86_400_000;

const calendar = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//duty//EN', ...events, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'UID:one@example.com', ...lines, 'END:VEVENT'].join('\r\n');

/** A zone under a name of its own, as some servers write it. */
const ownZone = [
  'BEGIN:VTIMEZONE',
  'TZID:Customized Time Zone',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
].join('\r\n');

describe('a calendar of another program', () => {
  test.each([
    ['in UTC', 'DTSTART:20261201T080000Z', 'DTEND:20261201T160000Z', '2026-12-01T08:00Z', '2026-12-01T16:00Z'],
    [
      'in a zone of the world, which the file does not explain',
      'DTSTART;TZID=America/New_York:20261201T080000',
      'DTEND;TZID=America/New_York:20261201T160000',
      '2026-12-01T13:00Z',
      '2026-12-01T21:00Z',
    ],
    [
      'without a zone, so in the schedule’s',
      'DTSTART:20261201T080000',
      'DURATION:PT8H',
      '2026-12-01T07:00Z',
      '2026-12-01T15:00Z',
    ],
    [
      'for whole days',
      'DTSTART;VALUE=DATE:20261201',
      'DTEND;VALUE=DATE:20261203',
      '2026-11-30T23:00Z',
      '2026-12-02T23:00Z',
    ],
    [
      'in a zone that the file brings along',
      'DTSTART;TZID=Customized Time Zone:20260701T080000',
      'DTEND;TZID=Customized Time Zone:20260701T160000',
      '2026-07-01T06:00Z',
      '2026-07-01T14:00Z',
    ],
  ])('an event %s', (_name, start, end, from, until) => {
    const read = readCalendar(calendar(ownZone, event(start, end, 'SUMMARY:Grace')), 'Europe/Berlin');
    expect([at(from) - 1, at(from), at(until) - 1, at(until)].map((time) => read.at(time).join())).toEqual([
      '',
      'Grace',
      'Grace',
      '',
    ]);
    expect(read.changes(at(from) - day, at(until) + day)).toEqual([at(from), at(until)]);
  });

  test('a rule repeats at the same time on the wall, without its exceptions and with what was moved', () => {
    const text = calendar(
      event(
        'DTSTART;TZID=Europe/Berlin:20261005T090000',
        'DTEND;TZID=Europe/Berlin:20261006T090000',
        'RRULE:FREQ=WEEKLY;INTERVAL=1',
        'EXDATE;TZID=Europe/Berlin:20261012T090000',
        'ATTENDEE;CN=Grace Hopper:mailto:grace@example.com',
        'SUMMARY:On call',
      ),
      event(
        'RECURRENCE-ID;TZID=Europe/Berlin:20261102T090000',
        'DTSTART;TZID=Europe/Berlin:20261104T090000',
        'DTEND;TZID=Europe/Berlin:20261105T090000',
        'ATTENDEE:mailto:alan@example.com',
        'SUMMARY:On call',
      ),
    );
    const read = readCalendar(text, 'UTC');
    const grace = ['grace@example.com', 'Grace Hopper'];
    expect(read.at(at('2026-10-19T07:00Z'))).toEqual(grace);
    expect(read.at(at('2026-10-12T12:00Z'))).toEqual([]);
    expect(read.at(at('2026-10-26T07:30Z'))).toEqual([]);
    expect(read.at(at('2026-10-26T08:00Z'))).toEqual(grace);
    expect(read.at(at('2026-11-02T12:00Z'))).toEqual([]);
    expect(read.at(at('2026-11-04T12:00Z'))).toEqual(['alan@example.com']);
    expect(read.at(at('2031-03-31T08:00Z'))).toEqual(grace);
  });

  test('what was cancelled puts nobody on call', () => {
    const text = calendar(
      event('DTSTART:20261201T080000Z', 'DTEND:20261201T160000Z', 'STATUS:CANCELLED', 'SUMMARY:Grace'),
    );
    expect(readCalendar(text, 'UTC').at(at('2026-12-01T09:00Z'))).toEqual([]);
  });

  test('two at once are both on call', () => {
    const two = ['Grace', 'Alan'].map((name, index) =>
      event('DTSTART:20261201T080000Z', 'DTEND:20261201T160000Z', `SUMMARY:${name}`).replace('one@', `${index}@`),
    );
    expect(readCalendar(calendar(...two), 'UTC').at(at('2026-12-01T09:00Z'))).toEqual(['Grace', 'Alan']);
  });

  test('a rule without end or sense comes to an end', () => {
    const text = calendar(
      event('DTSTART:20000101T000000Z', 'DTEND:20000101T000001Z', 'RRULE:FREQ=SECONDLY', 'SUMMARY:Grace'),
    );
    expect(readCalendar(text, 'UTC').at(at('2026-12-01T09:00Z'))).toEqual([]);
  });

  test.each([
    ['a web page', '<html><body>sign in</body></html>'],
    ['nothing', ''],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'],
  ])('%s is no calendar', (_name, text) => {
    expect(() => readCalendar(text, 'UTC')).toThrow();
  });
});
