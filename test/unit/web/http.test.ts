import { request as rawRequest } from 'node:http';
import express from 'express';
import { createHttpServer, type HttpServer } from '../../../src/server/http';

let server: HttpServer | null = null;
afterEach(() => server?.close());

async function serve(health: Record<string, () => Promise<void> | void> = {}) {
  const lines: string[] = [];
  const write = (_fields: object, message: string) => void lines.push(message);
  const router = express.Router();
  router.post('/raw', (request, response) => {
    request.once('data', (bytes: Buffer) => response.send(bytes.toString()));
  });
  router.post('/json', express.json({ limit: '64kb' }), (_request, response) => void response.json({ ok: true }));
  router.get('/throws', () => {
    throw new Error('secret detail');
  });
  router.get('/stream', (_request, response) => {
    response.set('Content-Type', 'text/event-stream').write('data: 1\n\n');
  });
  server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    mounts: [{ router }],
    health,
    log: { info: write, warn: write, error: write },
  });
  const { url } = await server.listen();
  return { url, lines, server };
}

const post = (url: string, body: string, type = 'application/json') =>
  fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });

it('says that the process lives', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}healthz`);
  expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
});

it('is ready when every check passes, and names the one that does not without its reason', async () => {
  const good = await serve({ store: () => {} });
  expect((await fetch(`${good.url}readyz`)).status).toBe(200);
  await good.server.close();
  const bad = await serve({
    store: () => {},
    slack: async () => {
      throw new Error('token xoxb-1');
    },
  });
  const response = await fetch(`${bad.url}readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    closing: false,
    checks: { store: 'ok', slack: 'failed' },
    concerns: [],
  });
});

it('sends strict headers and does not say what it is built with', async () => {
  const { url } = await serve();
  const { headers } = await fetch(`${url}nothing-here`);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-powered-by')).toBeNull();
});

it('leaves bodies alone, for platforms that sign the raw bytes', async () => {
  const { url } = await serve();
  expect(await (await post(`${url}raw`, '{ "a":1 }')).text()).toBe('{ "a":1 }');
});

it.each([
  ['an unknown address', 404, (url: string) => fetch(`${url}nothing`)],
  ['broken JSON', 400, (url: string) => post(`${url}json`, '{')],
  ['a body of more than 64 KB', 413, (url: string) => post(`${url}json`, JSON.stringify('x'.repeat(70_000)))],
  ['an unknown charset', 415, (url: string) => post(`${url}json`, '{}', 'application/json; charset=klingon')],
  ['our own fault', 500, (url: string) => fetch(`${url}throws`)],
  ['a broken address', 404, (url: string) => fetch(`${url}%E0%A4%A`)],
])('answers %s with %i, in words, without a stack', async (_name, status, ask) => {
  const { url } = await serve();
  const response = await ask(url);
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  expect(text).not.toMatch(/secret detail|node_modules|at .*\.ts/);
});

it('ends open event streams when it closes', async () => {
  const { url, server: running } = await serve();
  const response = await fetch(`${url}stream`);
  const all = response.text();
  const before = Date.now();
  await running.close();
  expect(await all).toBe('data: 1\n\n');
  expect(Date.now() - before).toBeLessThan(2_000);
});

it('fails to start on a port that is taken', async () => {
  const { url } = await serve();
  const second = createHttpServer({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    mounts: [],
    health: {},
    log: { info() {}, warn() {}, error() {} },
  });
  await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('survives a client that leaves in the middle of a body', async () => {
  const { url, lines } = await serve();
  await new Promise<void>((resolve) => {
    const request = rawRequest(`${url}json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': '100' },
    });
    request.on('error', () => resolve());
    request.write('{"half":');
    setTimeout(() => request.destroy(), 20);
  });
  expect((await fetch(`${url}healthz`)).status).toBe(200);
  expect(lines).not.toContain('request failed');
});
