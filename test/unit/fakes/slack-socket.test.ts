import type { App } from '@slack/bolt';
import { WebSocket } from 'ws';
import { FakeSlack } from '../../fakes/slack/slack';
import { type Running, socketApp, webClient } from './slack-bolt';

// Bolt takes its time to connect again.
jest.setTimeout(20_000);

let slack: FakeSlack;
const running: Running[] = [];

const started = async (listen: (app: App) => unknown): Promise<App> => {
  const one = await socketApp(slack, listen);
  running.push(one);
  return one.app;
};

beforeEach(async () => {
  slack = await FakeSlack.start({ patienceMs: 19_000, pingEveryMs: 100 });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.stop()));
  await slack.stop();
});

const echo = (app: App): unknown =>
  app.message(async ({ message, say }) => void (await say(`Heard ${(message as { text: string }).text}`)));
const dm = (): string => slack.dm(slack.people.ada);
const heard = (): string[] => slack.posted(dm(), { by: 'bot' }).map(({ text }) => text);

test('a message is acked and answered; a press, a command and a modal work', async () => {
  await started((app) => {
    echo(app);
    app.command('/aws-help', async ({ ack, command, client }) => {
      await ack({ text: 'Here', response_type: 'ephemeral' });
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { type: 'modal', callback_id: 'form', title: { type: 'plain_text', text: 'Help' }, blocks: [] },
      });
    });
    app.view('form', async ({ ack }) =>
      ack({
        response_action: 'update',
        view: { type: 'modal', title: { type: 'plain_text', text: 'Done' }, blocks: [] },
      }),
    );
  });
  const { ada } = slack.people;
  expect((await slack.says(ada, dm(), 'hi')).status).toBe(200);
  await slack.until(() => heard().length === 1);
  expect((await slack.command(ada, dm(), '/aws-help')).payload).toEqual({ text: 'Here', response_type: 'ephemeral' });
  const view = await slack.until(() => slack.modals(ada)[0]);
  await slack.submits(view);
  expect(slack.modals(ada)[0]).toMatchObject({ id: view.id, title: { text: 'Done' } });
  expect(slack.ephemeral(dm(), ada).map(({ text }) => text)).toEqual(['Here']);
  expect(slack.violations).toEqual([]);
});

test('an event goes to exactly one of several connections', async () => {
  await started(echo);
  await started(echo);
  await slack.until(() => slack.sockets.count === 2);
  for (const word of ['one', 'two', 'three', 'four']) await slack.says(slack.people.ada, dm(), word);
  await slack.until(() => heard().length === 4);
  expect(heard().sort()).toEqual(['Heard four', 'Heard one', 'Heard three', 'Heard two']);
});

test.each(['warning', 'refresh_requested', 'link_disabled'] as const)(
  'after %s the app comes back, and what was said meanwhile is not lost',
  async (reason) => {
    await started(echo);
    await slack.until(() => slack.sockets.count === 1);
    slack.sockets.disconnect(reason);
    expect(slack.sockets.count).toBe(0);
    const { status } = await slack.says(slack.people.ada, dm(), 'in the gap');
    expect(status).toBe(200);
    await slack.until(() => heard().length === 1);
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2);
  },
);

test('what was not acked when the connection was cut comes again', async () => {
  const tries: unknown[] = [];
  await started((app) => {
    // Bolt acks before any listener runs; only here can the connection be lost first.
    const process = app.processEvent.bind(app);
    app.processEvent = async (event) => {
      tries.push([event.body.event_id, event.retryNum]);
      if (tries.length === 1) slack.sockets.cut();
      else await process(event);
    };
  });
  const { status, sent } = await slack.says(slack.people.ada, dm(), 'hi');
  expect(status).toBe(200);
  const { event_id } = sent.payload;
  expect(tries).toEqual([
    [event_id, 0],
    [event_id, 1],
  ]);
});

test('a person who acts while nobody is connected is told so; an event waits', async () => {
  const { ada } = slack.people;
  expect(await slack.command(ada, dm(), '/aws-help')).toMatchObject({ status: 0, error: 'dispatch_failed' });
  const saying = slack.says(ada, dm(), 'early');
  await started(echo);
  expect((await saying).status).toBe(200);
});

test('frozen connections are left by the app, and their envelopes are sent again', async () => {
  await slack.stop();
  slack = await FakeSlack.start({ patienceMs: 19_000, pingEveryMs: 100, ackWithinMs: 800 });
  await started(echo);
  await slack.until(() => slack.sockets.count === 1);
  slack.sockets.freeze();
  const saying = slack.says(slack.people.ada, dm(), 'into the void');
  expect((await saying).status).toBe(200);
  await slack.until(() => heard().length === 1);
  expect(slack.callsOf('apps.connections.open').length).toBeGreaterThan(1);
});

describe('raw sockets', () => {
  const open = async (): Promise<{ ws: WebSocket; read: () => Promise<Record<string, unknown>> }> => {
    const { url } = await webClient(slack, slack.appToken).apps.connections.open({});
    const ws = new WebSocket(url!);
    const waiting: Record<string, unknown>[] = [];
    const readers: ((it: Record<string, unknown>) => void)[] = [];
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Record<string, unknown>;
      const reader = readers.shift();
      if (reader) reader(message);
      else waiting.push(message);
    });
    const read = (): Promise<Record<string, unknown>> =>
      new Promise((resolve) => {
        const message = waiting.shift();
        if (message) resolve(message);
        else readers.push(resolve);
      });
    return { ws, read };
  };

  test('greet, deliver, and send again elsewhere what was not acked', async () => {
    const [one, two] = [await open(), await open()];
    expect(await one.read()).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: slack.appId },
    });
    expect(await two.read()).toMatchObject({ type: 'hello', num_connections: 2 });
    const saying = slack.says(slack.people.ada, dm(), 'hi');
    const first = await one.read();
    expect(first).toMatchObject({ type: 'events_api', accepts_response_payload: false, retry_attempt: 0 });
    one.ws.terminate();
    const second = await two.read();
    expect(second).toMatchObject({ type: 'events_api', retry_attempt: 1, payload: first.payload });
    expect(second.envelope_id).not.toBe(first.envelope_id);
    two.ws.send(JSON.stringify({ envelope_id: second.envelope_id }));
    expect((await saying).status).toBe(200);
    two.ws.send(JSON.stringify({ envelope_id: 'made-up' }));
    two.ws.send('no JSON');
    await slack.until(() => slack.violations.length === 2);
    expect(slack.violations[0]).toMatch('not an ack of anything sent');
    two.ws.terminate();
  });

  test('an envelope nobody acks in time is sent again, four times at most', async () => {
    await slack.stop();
    slack = await FakeSlack.start({ ackWithinMs: 20 });
    const { ws, read } = await open();
    await read();
    const delivery = await slack.says(slack.people.ada, dm(), 'hi');
    expect(delivery).toMatchObject({ status: 0, error: 'http_timeout' });
    const attempts = [await read(), await read(), await read(), await read()].map((it) => it.retry_attempt);
    expect(attempts).toEqual([0, 1, 2, 3]);
    ws.terminate();
  });

  test('an address serves once, nobody gets in while refused, and ten is the limit', async () => {
    const closed = (ws: WebSocket): Promise<string> =>
      new Promise((resolve) => {
        ws.on('error', ({ message }) => resolve(message));
        ws.on('close', (code) => resolve(String(code)));
      });
    const first = await open();
    await first.read();
    expect(await closed(new WebSocket(first.ws.url))).toMatch('403');
    slack.sockets.refuse();
    expect(await closed((await open()).ws)).toMatch('503');
    slack.sockets.refuse(false);
    const others = [];
    for (let at = 0; at < 9; at += 1) others.push(await open());
    for (const { read } of others) expect(await read()).toMatchObject({ type: 'hello' });
    const eleventh = await open();
    expect(await eleventh.read()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    for (const { ws } of [first, ...others]) ws.terminate();
  });
});
