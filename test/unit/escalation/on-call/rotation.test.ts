import type { Rotation } from '../../../../src/core/duty';
import type { Organization } from '../../../../src/core/organization';
import { onCallCalendar, whoIsOnCall } from '../../../../src/escalation/on-call';
import { turnOf } from '../../../../src/escalation/on-call/rotation';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;
const berlin = 'Europe/Berlin';
const weekly: Rotation = { people: ['ada', 'bob', 'cy'], start: '2026-10-05', every: '1w', handover: '09:00' };
const person = (rotation: Rotation, time: string, zone = berlin): string | null =>
  turnOf(rotation, at(time), zone)?.person ?? null;

describe('a rotation', () => {
  test.each([
    ['2026-10-05T06:59:59Z', null],
    ['2026-10-05T07:00:00Z', 'ada'],
    ['2026-10-12T06:59:59Z', 'ada'],
    ['2026-10-12T07:00:00Z', 'bob'],
    // The clocks went back on the 25th, so nine in the morning is an hour later for the world.
    ['2026-10-26T07:59:59Z', 'cy'],
    ['2026-10-26T08:00:00Z', 'ada'],
    // And forward on 28 March.
    ['2027-03-29T06:59:59Z', 'ada'],
    ['2027-03-29T07:00:00Z', 'bob'],
  ])('at %s it is the turn of %s', (time, expected) => {
    expect(person(weekly, time)).toBe(expected);
  });

  test('a handover that the clocks leave out comes an hour later on the wall, and one that comes twice counts once', () => {
    const nightly: Rotation = { people: ['ada', 'bob'], start: '2027-03-27', every: '1d', handover: '02:30' };
    // 28 March: 02:30 does not exist in Berlin; 03:30 summer time is 01:30 UTC.
    expect(person(nightly, '2027-03-28T01:29:59Z')).toBe('ada');
    expect(person(nightly, '2027-03-28T01:30:00Z')).toBe('bob');
    const autumn: Rotation = { ...nightly, start: '2026-10-24' };
    // 25 October: 02:30 comes first at 00:30 UTC, and again at 01:30 UTC.
    expect(
      ['00:29', '00:30', '01:15', '01:29', '01:31'].map((time) => person(autumn, `2026-10-25T${time}:00Z`)),
    ).toEqual(['ada', 'bob', 'bob', 'bob', 'bob']);
  });

  test('every instant of a year belongs to exactly one turn, in every zone looked at', () => {
    for (const zone of [berlin, 'Australia/Lord_Howe', 'Asia/Kathmandu'])
      for (const every of ['1d', '2w']) {
        const rotation: Rotation = { ...weekly, every, handover: '02:15' };
        const end = at('2027-10-20T00:00:00Z');
        let turn = turnOf(rotation, at('2026-10-06T00:00:00Z'), zone)!;
        let place = rotation.people.indexOf(turn.person);
        while (turn.until < end) {
          const next = turnOf(rotation, turn.until, zone)!;
          expect(next.from).toBe(turn.until);
          expect(turnOf(rotation, turn.until - 1, zone)).toEqual(turn);
          place = (place + 1) % 3;
          expect(next.person).toBe(rotation.people[place]);
          turn = next;
        }
      }
  });
});

const organization: Organization = {
  version: 1,
  timezone: berlin,
  people: {
    ada: { name: 'Ada', slack: 'U1' },
    bob: { slack: 'U2', away: [{ from: '2026-10-14', until: '2026-10-15' }] },
    cy: { slack: 'U3' },
  },
  working_hours: { office: { week: [{ days: 'mon-fri', from: '09:00', until: '17:00' }] } },
  on_call: { duty: { rotation: weekly }, daytime: { rotation: weekly, hours: 'office' } },
};
const override = {
  id: 1,
  schedule: 'duty',
  person: 'cy',
  from: at('2026-10-13T00:00Z'),
  until: at('2026-10-14T00:00Z'),
  by: 'Ada',
  madeAt: 1,
};

describe('who is on call', () => {
  const who = (time: string, schedule = 'duty', overrides = [override]) =>
    whoIsOnCall(organization, schedule, at(time), { overrides });

  test('an override goes before the plan, for its time and its schedule alone', () => {
    expect(who('2026-10-12T23:59:59Z')).toEqual(['bob']);
    expect(who('2026-10-13T00:00:00Z')).toEqual(['cy']);
    expect(who('2026-10-13T12:00:00Z', 'daytime')).toEqual(['bob']);
    expect(who('2026-10-14T00:00:00Z', 'duty', [override])).toEqual([]);
    expect(who('2026-10-16T12:00:00Z')).toEqual(['bob']);
  });

  test('of two overrides the later word counts', () => {
    const later = { ...override, id: 2, person: 'ada', madeAt: 2 };
    expect(who('2026-10-13T12:00:00Z', 'duty', [later, override])).toEqual(['ada']);
    expect(who('2026-10-13T12:00:00Z', 'duty', [override, later])).toEqual(['ada']);
  });

  test('nobody is called on days away, outside the hours, before the start, or for a schedule nobody knows', () => {
    expect(who('2026-10-15T21:59:59Z', 'duty', [])).toEqual([]);
    expect(who('2026-10-15T22:00:00Z', 'duty', [])).toEqual(['bob']);
    expect(who('2026-10-12T15:00:00Z', 'daytime', [])).toEqual([]);
    expect(who('2026-10-01T12:00:00Z')).toEqual([]);
    expect(who('2026-10-13T12:00:00Z', 'constructor')).toEqual([]);
  });

  test('an override reaches somebody outside the hours of the plan', () => {
    const night = { ...override, schedule: 'daytime', from: at('2026-10-13T20:00Z'), until: at('2026-10-13T23:00Z') };
    expect(who('2026-10-13T21:00:00Z', 'daytime', [night])).toEqual(['cy']);
  });

  test('the calendar shows each stretch once, nobody included, without a break', () => {
    const from = at('2026-10-12T00:00:00Z');
    const [duty] = onCallCalendar(organization, from, 7, { overrides: [override] });
    expect(
      duty!.shifts.map(({ from: start, people, override: by }) => [(start - from) / hour, people.join(), by?.by]),
    ).toEqual([
      [0, 'ada', undefined],
      [7, 'bob', undefined],
      [24, 'cy', 'Ada'],
      [48, '', undefined],
      [94, 'bob', undefined],
    ]);
    expect(duty!.shifts.at(-1)!.until).toBe(from + 7 * 24 * hour);
    expect(duty!.shifts[0]!.names).toEqual(['Ada']);
  });

  test('the calendar agrees with the answer at every quarter of an hour', () => {
    const from = at('2026-10-19T00:00:00Z');
    for (const { schedule, shifts } of onCallCalendar(organization, from, 14, { overrides: [override] }))
      for (let time = from; time < from + 14 * 24 * hour; time += hour / 4)
        expect(shifts.find((shift) => shift.from <= time && time < shift.until)?.people).toEqual(
          whoIsOnCall(organization, schedule, time, { overrides: [override] }),
        );
  });
});
