import { join } from 'node:path';
import { organizationSchema } from '../src/core/organization';
import type { Outgoing, Store } from '../src/core/ports';
import { barsText } from '../src/core/weekly-report';
import { weekOf } from '../src/insight/weeks';
import { openSqliteStore } from '../src/stores/sqlite';
import { buildUnderstander } from '../src/understanding';
import { dueAt, lastWeekReport, ReportSender, reportPlaces, reportText } from '../src/weekly-report';
import { intents, knowledge, repository } from './builders/bot';
import { facts, inventMissed, missedTexts } from './builders/insight';
import { turn } from './builders/store';
import { sendAll } from './contract/store-kinds';

const hour = 60 * 60 * 1000;
const at = (text: string) => Date.parse(text);
/** Monday of week 49. */
const monday = at('2026-11-30T09:00:00Z');
const organization = organizationSchema.parse({
  version: 1,
  destinations: { admins: { slack: 'C0ADMINS', teams: '19:abc@thread.tacv2' }, lead: { slack: 'U0LEAD' } },
  routes: { default: { tiers: [{ to: ['admins'], claim_within: '15m' }] } },
});
const { content } = knowledge();
const models = [join(repository, 'dist/nlu.model'), join(repository, 'node_modules/.cache/nlu.model')];
const { model } = buildUnderstander(intents, content, models);
const both = new Map([
  ['slack', true],
  ['teams', true],
]);

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore(':memory:');
});
afterEach(() => store.close());

/** A week with enough in it for suggestions. */
async function lastWeek(): Promise<void> {
  const step = 'mfa-lost/iam/another-device';
  const begun = { began: 'mfa-lost', walked: [['>', 'mfa-lost/which-type', step]], next: step };
  for (let person = 0; person < 12; person++) {
    const when = { conversationId: `p${person}`, at: at('2026-11-25T10:00:00Z') + person * hour };
    await turn(store, `begin-${person}`, { ...when, facts: facts(begun) });
    if (person < 4)
      await turn(store, `solved-${person}`, { ...when, at: when.at + 1, facts: facts({ step, outcome: 'solved' }) });
  }
  await inventMissed(store, missedTexts.slice(0, 5));
}

const sender = (now: number, connected: { has(platform: string): boolean } = both, of = organization) =>
  new ReportSender({
    store,
    organization: of,
    content: () => content,
    model: () => model,
    clock: { now: () => now },
    connected,
    onQueued: () => {},
    onFailed: (error) => {
      throw error;
    },
  });
const reports = async () =>
  (await sendAll(store)).flatMap(({ outgoing }) =>
    outgoing.kind === 'report' ? [outgoing as Extract<Outgoing, { kind: 'report' }>] : [],
  );

test('it counts the whole week before, names what stands out, and no more than three things', async () => {
  await lastWeek();
  const report = (await lastWeekReport(
    { store, organization, content: () => content, model: () => model },
    monday + 26 * hour,
  ))!;
  expect(report.week).toBe('2026-W48');
  const text = reportText(report);
  expect(text).toContain('12 problems, 12 more than the week before');
  expect(text).toContain('4 helped without a person (33 % of problems), counted only where they said so');
  expect(text).toContain('8 left in the middle of a step');
  expect(text).toMatch(/8 of 12 left at “Another registered device/);
  expect(text).toMatch(/5 messages wait to be judged, \d of them much alike/);
  expect(report.suggestions.length).toBeLessThanOrEqual(3);
  // What people wrote is for the review, not for a channel.
  for (const said of missedTexts) expect(text).not.toContain(said);
  expect(barsText(report.bars)).toMatch(/^Helped without a person, by week: ▁{7}█ \(/);
});

test('any number of processes send it once, to each place', async () => {
  await lastWeek();
  const processes = [sender(monday), sender(monday + 1000), sender(monday + 2000)];
  const queued = await Promise.all(processes.map((one) => one.look()));
  expect(queued.filter(Boolean)).toHaveLength(1);
  expect(await processes[0]!.look()).toBe(false);
  expect((await reports()).map(({ destination }) => destination).sort()).toEqual([
    'slack:C0ADMINS',
    'teams:19:abc@thread.tacv2',
  ]);
  // Sent, and still known.
  expect(await sender(monday + 3 * hour).look()).toBe(false);
});

test.each([
  ['before its hour', monday - 1, false],
  ['at its hour', monday, true],
  ['late, after a restart', monday + 47 * hour, true],
  ['too late to be news', monday + 49 * hour, false],
])('%s', async (_when, now, isSent) => {
  await lastWeek();
  expect(await sender(now).look()).toBe(isSent);
});

test('a week without a word, or with nobody to tell, makes no report', async () => {
  expect(await sender(monday).look()).toBe(false);
  await lastWeek();
  expect(await sender(monday, new Map()).look()).toBe(false);
  expect(await sender(monday, both, { ...organization, report: { to: [] } }).look()).toBe(false);
  expect(await reports()).toEqual([]);
});

test('day, hour and places are the organisation’s, in its own time', () => {
  const report = { day: 'friday' as const, at: '17:30', to: ['lead'] };
  const berlin = { ...organization, timezone: 'Europe/Berlin', report };
  const summer = weekOf(at('2026-07-01T12:00:00Z'), 'Europe/Berlin');
  expect(new Date(dueAt(berlin, summer)).toISOString()).toBe('2026-07-03T15:30:00.000Z');
  expect(reportPlaces(berlin, both)).toEqual(['slack:U0LEAD']);
  expect(reportPlaces(organization, new Map([['teams', true]]))).toEqual(['teams:19:abc@thread.tacv2']);
  const wrong = organizationSchema.safeParse({ version: 1, report: { to: ['nobody'] } });
  expect(wrong.error?.issues[0]?.message).toBe('unknown destination "nobody"');
});
