import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import express from 'express';
import { held, inRegister } from '../register';
import { startWhole, type WholeService } from './whole-service';

/** What a router was told, as it was told: express keeps no paths of what is mounted. */
interface Told {
  path: string;
  methods: () => string[];
  inner?: { name?: string };
}
const told = new WeakMap<object, Told[]>();
const roots: object[] = [];

interface RouterLike {
  use(...parts: unknown[]): unknown;
  route(path: unknown): { methods: Record<string, boolean> };
}

/** Watches how routers are built. Nothing of them is changed. */
function watchRouters(): void {
  const prototype = (express.Router as unknown as { prototype: RouterLike }).prototype;
  const { use, route } = prototype;
  const note = (router: object, one: Told) => {
    if (!told.has(router)) {
      told.set(router, []);
      roots.push(router);
    }
    told.get(router)!.push(one);
  };
  jest.spyOn(prototype, 'use').mockImplementation(function (this: object, ...parts: unknown[]) {
    const isPathless = typeof parts[0] === 'function';
    const paths = isPathless ? ['/'] : [parts[0]].flat();
    const handlers = (isPathless ? parts : parts.slice(1)).flat(2);
    for (const path of paths)
      for (const handler of handlers)
        note(this, {
          path: String(path),
          methods: () => ['*'],
          ...(typeof handler === 'function' ? { inner: handler } : {}),
        });
    return use.apply(this as never, parts);
  });
  jest.spyOn(prototype, 'route').mockImplementation(function (this: object, path: unknown) {
    const made = route.call(this as never, path);
    note(this, { path: String(path), methods: () => Object.keys(made.methods).map((name) => name.toUpperCase()) });
    return made;
  });
}

/** Every route below a router, with the path it answers at. */
function walk(router: object, base = ''): string[] {
  return (told.get(router) ?? []).flatMap(({ path, methods, inner }) => {
    const full = `${base}${path === '/' ? '' : path}` || '/';
    if (inner && told.has(inner)) return walk(inner, full === '/' ? '' : full);
    if (inner) return inner.name === 'serveStatic' ? [`GET ${full}/<file>`] : [];
    return methods().map((method) => `${method === '_ALL' ? 'ALL' : method} ${full}`);
  });
}

/** The whole list. A new route is named here, and below with what it refuses. */
const routes = [
  'GET /healthz',
  'GET /readyz',
  'POST /slack/events',
  'POST /api/messages',
  'ALL /api/messages',
  'GET /metrics',
  'GET /',
  'GET /desk/adaptivecards.min.js',
  'GET /desk/<file>',
  'POST /api/chat/messages',
  'POST /api/chat/files',
  'GET /api/chat',
  'GET /api/desk',
  'POST /api/tickets/:id/:action',
  'GET /api/events',
  'GET /api/desk/on-call',
  'GET /api/me',
  'GET /insight/figures',
  'GET /insight/review',
  'GET /insight/scenarios',
  'GET /api/insight/content',
  'GET /api/insight/figures',
  'GET /api/insight/figures.csv',
  'GET /api/insight/review',
  'GET /api/insight/review/change.patch',
  'GET /api/insight/scenarios/:name',
  'GET /api/insight/scenarios/:name/preview',
  'POST /api/insight/content/reload',
  'POST /api/insight/review/change',
  'POST /api/insight/review/judge',
  'POST /api/insight/review/write',
];

describe('the ways in', () => {
  let whole: WholeService;
  beforeAll(async () => {
    watchRouters();
    whole = await startWhole();
  }, 60_000);
  afterAll(async () => {
    await whole?.stop();
    jest.restoreAllMocks();
  });

  const everyRoute = (): string[] => {
    const mounted = new Set(roots.flatMap((router) => (told.get(router) ?? []).flatMap(({ inner }) => inner ?? [])));
    const root = roots.filter((router) => !mounted.has(router)).find((router) => walk(router).includes('GET /healthz'));
    return [...new Set(walk(root!))];
  };
  const recorded = async (): Promise<number> => {
    const text = await (await fetch(`${whole.url}/metrics`)).text();
    return [...text.matchAll(/^helpdesk_received_total\{[^}]*\} (\d+)/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  };
  const ask = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: whole.service.port, method, path, headers: { connection: 'close', ...headers } },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => resolve({ status: response.statusCode!, text: Buffer.concat(parts).toString() }));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  test(inRegister('ingress.routes'), async () => {
    const found = everyRoute();
    expect(found.sort()).toEqual([...routes].sort());
    expect(found.length).toBeGreaterThanOrEqual(held('ingress.routes').routes);
    // What is not listed is not there.
    expect((await fetch(`${whole.url}/api/admin`)).status).toBe(404);
  });

  const json = { 'content-type': 'application/json' };
  const event = JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: 'Ev1',
    event: { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', text: 'hi', ts: '1.1' },
  });
  const slackSigned = (secret: string, at: number, body: string) => ({
    ...json,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  });
  const nowS = () => Math.floor(Date.now() / 1000);

  test(inRegister('ingress.unsigned'), async () => {
    const before = await recorded();
    const secret = whole.slack.signingSecret;
    const signed = slackSigned(secret, nowS(), event);
    const forgeries: [string, string, Record<string, string>, string][] = [
      ['no signature', '/slack/events', json, event],
      ['empty signature', '/slack/events', { ...signed, 'x-slack-signature': '' }, event],
      [
        'short signature',
        '/slack/events',
        { ...signed, 'x-slack-signature': signed['x-slack-signature'].slice(0, 40) },
        event,
      ],
      ['another secret', '/slack/events', slackSigned('f'.repeat(32), nowS(), event), event],
      ['one byte changed', '/slack/events', signed, event.replace('"hi"', '"ha"')],
      ['six minutes old', '/slack/events', slackSigned(secret, nowS() - 360, event), event],
      ['six minutes ahead', '/slack/events', slackSigned(secret, nowS() + 360, event), event],
      ['no time', '/slack/events', { ...signed, 'x-slack-request-timestamp': 'NaN' }, event],
      ['time before all time', '/slack/events', { ...signed, 'x-slack-request-timestamp': '-1' }, event],
      ['unsigned challenge', '/slack/events', json, '{"type":"url_verification","challenge":"c"}'],
      ['no token', '/api/messages', json, '{"type":"message"}'],
      ['another scheme', '/api/messages', { ...json, authorization: 'Basic YWRhOnB3' }, '{"type":"message"}'],
      ['no such token', '/api/messages', { ...json, authorization: 'Bearer x.y.z' }, '{"type":"message"}'],
      [
        'alg none',
        '/api/messages',
        { ...json, authorization: `Bearer ${jwt({ alg: 'none' }, {})}` },
        '{"type":"message"}',
      ],
      [
        'HS256',
        '/api/messages',
        { ...json, authorization: `Bearer ${jwt({ alg: 'HS256', kid: 'k' }, {})}` },
        '{"type":"message"}',
      ],
    ];
    const statuses: [string, number][] = [];
    for (const [name, path, headers, body] of forgeries) {
      const { status, text } = await ask('POST', path, headers, body);
      statuses.push([name, status]);
      expect(text).not.toMatch(/challenge":"c|stack|node_modules/);
    }
    expect(statuses.filter(([, status]) => status !== 401 && status !== 403)).toEqual([]);
    expect(statuses.length).toBeGreaterThanOrEqual(held('ingress.unsigned').forgeries);
    // The same machinery lets the real ones in, so the refusals above are no accident.
    expect(
      (
        await ask(
          'POST',
          '/slack/events',
          slackSigned(secret, nowS(), '{"type":"url_verification","challenge":"c"}'),
          '{"type":"url_verification","challenge":"c"}',
        )
      ).status,
    ).toBe(200);
    expect(await recorded()).toBe(before);
  });

  test(inRegister('ingress.other-sites'), async () => {
    const before = await recorded();
    const own = `127.0.0.1:${whole.service.port}`;
    const body = JSON.stringify({ key: 'key-0001', name: 'Ada', text: 'hello' });
    const paths = routes.filter((route) => /\/api\/(?!messages)|GET \/$|\/desk\/|\/insight\//.test(route));
    const tried: [string, number][] = [];
    for (const route of paths) {
      const [method, path] = route.split(' ') as [string, string];
      const at = path
        .replace(':id', '1001')
        .replace(':action', 'claim')
        .replace('<file>', 'index.html')
        .replace(':name', 'mfa-lost');
      tried.push([
        `${route} under another name`,
        (await ask(method, at, { ...json, host: 'evil.example' }, method === 'POST' ? body : '')).status,
      ]);
      if (method !== 'POST') continue;
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
      ])
        tried.push([
          `${route} ${JSON.stringify(headers)}`,
          (await ask(method, at, { ...json, host: own, ...headers } as Record<string, string>, body)).status,
        ]);
    }
    expect(tried.filter(([, status]) => status !== 403)).toEqual([]);
    expect(tried.length).toBeGreaterThanOrEqual(held('ingress.other-sites').requests);
    expect(await recorded()).toBe(before);
  });

  test(inRegister('ingress.replay'), async () => {
    const secret = whole.slack.signingSecret;
    const { slack } = whole;
    const ada = slack.addUser({ real_name: 'Ada' });
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: slack.team.id,
      api_app_id: slack.appId,
      event_id: 'EvReplay',
      event: { type: 'app_home_opened', user: ada.id, channel: slack.dm(ada), tab: 'messages', event_ts: '1.1' },
    });
    const headers = slackSigned(secret, nowS() - 10, body);
    const { replays } = held('ingress.replay');
    expect((await ask('POST', '/slack/events', headers, body)).status).toBe(200);
    for (let time = 0; time < replays; time++)
      expect((await ask('POST', '/slack/events', headers, body)).status).toBe(401);
  });

  test(inRegister('ingress.size'), async () => {
    const before = await recorded();
    const { megabytes, levels } = held('ingress.size');
    const huge = JSON.stringify({ key: 'key-0002', name: 'Ada', text: 'x'.repeat(megabytes * 1024 * 1024) });
    const deep = '['.repeat(levels) + ']'.repeat(levels);
    const secret = whole.slack.signingSecret;
    const own = { ...json, host: `127.0.0.1:${whole.service.port}` };
    expect((await ask('POST', '/api/chat/messages', own, huge)).status).toBe(413);
    expect((await ask('POST', '/slack/events', slackSigned(secret, nowS(), huge), huge)).status).toBe(413);
    // Who asks is proven before the body is read at all.
    expect((await ask('POST', '/api/messages', json, huge)).status).toBe(401);
    expect((await ask('POST', '/api/chat/messages', own, deep)).status).toBe(400);
    const signedDeep = await ask('POST', '/slack/events', slackSigned(secret, nowS(), deep), deep);
    // Signed, and nonsense all the same: taken note of, and nothing done.
    expect(signedDeep.status).toBeLessThan(500);
    expect((await fetch(`${whole.url}/healthz`)).status).toBe(200);
    expect(await recorded()).toBe(before);
  });
});

const jwt = (header: object, payload: object): string =>
  [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.sig');
