import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Organization } from '../../../../src/core/organization';
import { CalendarFeeds, whoIsOnCall } from '../../../../src/escalation/on-call';

const noon = Date.parse('2026-12-01T12:00Z');
const calendarOf = (name: string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//duty//EN',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART:20261201T000000Z',
    'DTEND:20261202T000000Z',
    `SUMMARY:${name}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

let folder: string;
let server: Server;
let answer: (response: ServerResponse) => void;
let failures: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feeds-'));
  failures = [];
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/duty.ics?secret=hunter2`;

function feedsOf(schedule: Record<string, string>, env: Record<string, string> = {}) {
  const organization: Organization = {
    version: 1,
    people: { grace: { name: 'Grace', slack: 'U1' }, alan: { name: 'Alan', slack: 'U2' } },
    on_call: { duty: schedule },
  };
  const feeds = new CalendarFeeds({
    organization,
    folder: join(folder, 'kept'),
    env,
    now: () => noon,
    onFailed: (name, reason) => failures.push(`${name}: ${reason}`),
  });
  return { feeds, who: () => whoIsOnCall(organization, 'duty', noon, { calendars: feeds }).join() };
}
const fromServer = () => feedsOf({ calendar_env: 'DUTY' }, { DUTY: address() });

describe('calendars kept elsewhere', () => {
  test('a file is read', async () => {
    const file = join(folder, 'duty.ics');
    writeFileSync(file, calendarOf('Grace'));
    const { feeds, who } = feedsOf({ calendar: file });
    expect(who()).toBe('');
    await feeds.refresh();
    expect(who()).toBe('grace');
    expect(feeds.states()).toEqual([{ schedule: 'duty', readAt: noon, fault: null }]);
  });

  test('an address is read, and what changes there is followed', async () => {
    const { feeds, who } = fromServer();
    answer = (response) => response.end(calendarOf('Grace'));
    await feeds.refresh();
    expect(who()).toBe('grace');
    answer = (response) => response.end(calendarOf('Alan'));
    await feeds.refresh();
    expect(who()).toBe('alan');
  });

  test.each([
    ['an error', (response: ServerResponse) => response.writeHead(503).end(), 'its server answers 503'],
    ['a page to sign in', (response: ServerResponse) => response.end('<html>'), 'it is no iCalendar text'],
    ['a cut line', (response: ServerResponse) => response.destroy(), 'it cannot be read (UND_ERR_SOCKET)'],
    [
      'far too much',
      (response: ServerResponse) => response.end(Buffer.alloc(6 * 1024 * 1024)),
      'it is larger than 5 MB',
    ],
    [
      'a ring',
      (response: ServerResponse) => response.writeHead(302, { location: '/' }).end(),
      'its server redirects again and again',
    ],
    [
      'another address without encryption',
      (response: ServerResponse) => response.writeHead(302, { location: 'http://example.com/' }).end(),
      'an https address is needed',
    ],
  ])('after %s the last good copy stays in use, also over a restart', async (_name, trouble, reason) => {
    const { feeds, who } = fromServer();
    answer = (response) => response.end(calendarOf('Grace'));
    await feeds.refresh();
    answer = trouble;
    await feeds.refresh();
    expect(who()).toBe('grace');
    expect(failures).toEqual([`duty: ${reason}`]);
    expect(feeds.states()[0]!.fault).toBe(reason);

    const next = fromServer();
    expect(next.who()).toBe('grace');
    await next.feeds.refresh();
    expect(next.who()).toBe('grace');
    expect(failures.join()).not.toContain('hunter2');
  });

  test('a file that is not there, and a variable that is not set, are named', async () => {
    await feedsOf({ calendar: join(folder, 'gone.ics') }).feeds.refresh();
    await feedsOf({ calendar_env: 'DUTY' }).feeds.refresh();
    expect(failures).toEqual([
      'duty: it cannot be read (ENOENT)',
      'duty: the environment variable that names it is not set',
    ]);
  });

  test('a stop ends what is under way, without a complaint', async () => {
    const { feeds } = fromServer();
    let asked: () => void = () => {};
    const request = new Promise<void>((resolve) => (asked = resolve));
    answer = () => asked();
    const reading = feeds.refresh();
    await request;
    feeds.stop();
    await reading;
    expect(failures).toEqual([]);
  });
});
