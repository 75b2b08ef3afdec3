import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repository } from '../builders/bot';
import { type WatchedService, watchService } from '../builders/watched-service';
import { brokenDisk, withMethods } from '../fakes/store-edge';

/** Prometheus' own grammar. Its types are those of a module, which a CommonJS file may not import. */
const { parser } = require('@prometheus-io/lezer-promql') as {
  parser: { parse(text: string): { iterate(by: { enter(node: { type: { isError: boolean } }): void }): void } };
};

let watched: WatchedService;
afterEach(async () => {
  await (watched as WatchedService | undefined)?.service.stop();
  watched = undefined as never;
});

test('what comes in, what is understood, what leaves and what is open are counted', async () => {
  watched = await watchService();
  const { says, presses, acts, figure } = watched;
  await says('lost my phone, iam user');
  await says('qwertz uiop asdf');
  await says('lost my phone, iam user');
  await presses('ask_admin');
  expect(await figure('helpdesk_received_total', { platform: 'web', kind: 'text' })).toBe(3);
  expect(await figure('helpdesk_received_total', { platform: 'web', kind: 'press' })).toBe(1);
  expect(await figure('helpdesk_understood_total', { decision: 'answer', intent: 'mfa.lost' })).toBe(2);
  expect(await figure('helpdesk_understood_total', { decision: 'not_understood', intent: 'oos' })).toBe(1);
  expect(await figure('helpdesk_turn_seconds_count', { platform: 'web' })).toBe(4);
  expect(await figure('helpdesk_delivery_seconds_count', { platform: 'web', result: 'sent' })).toBe(4);
  expect(await figure('helpdesk_delivery_seconds_count', { platform: 'desk', result: 'sent' })).toBe(1);
  expect(await figure('helpdesk_delivery_delay_seconds_count', { platform: 'web' })).toBe(4);
  expect(await figure('helpdesk_store_seconds_count', { call: 'commitTurn' })).toBe(4);
  expect(await figure('helpdesk_tickets', { state: 'open' })).toBe(1);
  expect(await figure('helpdesk_inbox_waiting')).toBe(0);
  expect(await figure('helpdesk_outbox_waiting')).toBe(0);

  await acts(1001, 'claim');
  expect(await figure('helpdesk_tickets', { state: 'open' })).toBe(0);
  expect(await figure('helpdesk_tickets', { state: 'claimed' })).toBe(1);
  await acts(1001, 'resolve', 'done');
  expect(await figure('helpdesk_tickets')).toBe(0);
});

test('what waits is told with its age, and what cannot be delivered is told apart', async () => {
  watched = await watchService({
    around: (store) => withMethods(store, { takeOutbox: async () => [] }),
  });
  const { service, says, figure } = watched;
  await says('hello');
  expect(await figure('helpdesk_outbox_waiting', { platform: 'web' })).toBe(1);
  expect(await figure('helpdesk_outbox_retrying', { platform: 'web' })).toBe(0);
  await service.store.record({
    ...{ key: 'left', platform: 'web', conversation: 'left', kind: 'text', text: 'hello', secrets: [] },
    ...{ person: { id: 'ada', name: 'Ada', member: true }, at: Date.now() - 90_000 },
  });
  expect(await figure('helpdesk_inbox_waiting')).toBe(1);
  expect(await figure('helpdesk_inbox_oldest_seconds')).toBeGreaterThanOrEqual(90);
});

test('a turn that throws is counted, and the store says how its calls fail', async () => {
  watched = await watchService({
    around: (store) => withMethods(store, { commitTurn: async () => brokenDisk() }),
  });
  await watched.says('lost my phone');
  expect(await watched.figure('helpdesk_turn_failures_total', { platform: 'web' })).toBe(1);
  expect(await watched.figure('helpdesk_store_failures_total', { call: 'commitTurn', code: 'other' })).toBe(1);
});

test('a store that is gone is a figure, and all others are still there', async () => {
  watched = await watchService({ around: (store) => withMethods(store, { levels: async () => brokenDisk() }) });
  expect(await watched.figure('helpdesk_store_up')).toBe(0);
  expect(await watched.metrics()).toContain('helpdesk_received_total');
});

test('a store that does not answer does not hold up the scrape', async () => {
  watched = await watchService({ around: (store) => withMethods(store, { levels: () => new Promise(() => {}) }) });
  expect(await watched.figure('helpdesk_store_up')).toBe(0);
});

test('no figure has a label with an id or a word of a person', async () => {
  watched = await watchService();
  await watched.says('lost my phone, iam user');
  await watched.presses('ask_admin');
  const text = await watched.metrics();
  expect(text).not.toMatch(/Canary|web:[0-9a-f]|1001|phone/);
});

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Helpdesk[A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.looseObject({
  uid: z.string(),
  schemaVersion: z.number(),
  panels: z.array(
    z.looseObject({
      id: z.number(),
      title: z.string(),
      gridPos: z.strictObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.looseObject({ expr: z.string() })).min(1),
    }),
  ),
});

const alerts = rulesSchema
  .parse(parse(readFileSync(join(repository, 'deploy/prometheus/alerts.yaml'), 'utf8')))
  .groups.flatMap(({ rules }) => rules);
const dashboard = dashboardSchema.parse(
  JSON.parse(readFileSync(join(repository, 'deploy/grafana/helpdesk.json'), 'utf8')),
);
const expressions = [
  ...alerts.map(({ alert, expr }): [string, string] => [`alert ${alert}`, expr]),
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
];

/** How much of it is not of the language. */
function faultsOf(expr: string): number {
  let faults = 0;
  parser.parse(expr.replaceAll('$__rate_interval', '5m')).iterate({
    enter: ({ type }) => {
      if (type.isError) faults += 1;
    },
  });
  return faults;
}

describe('alert rules and dashboard', () => {
  test('are of a language that Prometheus reads', () => {
    expect(faultsOf('sum(rate(x[5m])')).toBeGreaterThan(0);
    expect(expressions.filter(([, expr]) => faultsOf(expr) > 0)).toEqual([]);
  });

  test('ask for nothing that a running service does not tell', async () => {
    watched = await watchService();
    const text = await watched.metrics();
    const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const asked = expressions.flatMap(([where, expr]) =>
      [...expr.matchAll(/\bhelpdesk_[a-z0-9_]+/g)].map(([name]) => ({
        where,
        name: name.replace(/_(bucket|count|sum)$/, ''),
      })),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(({ name }) => !told.has(name))).toEqual([]);
  });

  test('every alert is explained to the operator', () => {
    const operations = readFileSync(join(repository, 'docs/operations.md'), 'utf8');
    expect(alerts.map(({ alert }) => alert).filter((alert) => !operations.includes(`\`${alert}\``))).toEqual([]);
  });

  test('no two panels lie on one another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...dashboard.panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });
});
