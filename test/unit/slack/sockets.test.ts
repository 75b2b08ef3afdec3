import { SlackEdge } from './slack-edge';

jest.setTimeout(180_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start({ socket: true });
  await connected();
});
afterEach(() => edge.stop());

const connected = (count = 2) =>
  edge.slack.until(() => edge.slack.sockets.count === count, { limitMs: 80_000, what: `${count} connections` });
const says = (text = 'help') => edge.slack.says(edge.slack.people.ada, edge.slack.dm(edge.slack.people.ada), text);
const isHealthy = () =>
  edge.platform.health().then(
    () => true,
    () => false,
  );

test('Socket Mode keeps two connections and needs no address of ours', async () => {
  expect(edge.platform.router).toBeNull();
  expect(edge.slack.sockets.count).toBe(2);
  expect((await says()).status).toBe(200);
  expect(edge.received).toEqual([expect.objectContaining({ kind: 'text', text: 'help' })]);
  await edge.platform.health();
});

test('commands and modals carry their answer in the ack', async () => {
  const { ada } = edge.slack.people;
  const delivery = await edge.slack.command(ada, edge.slack.channels.general, '/aws-help', 'help');
  expect(delivery.payload).toMatchObject({ response_type: 'ephemeral' });
});

test('nothing is acked before it is recorded', async () => {
  let release = () => {};
  let reached = () => {};
  const begun = new Promise<void>((resolve) => {
    reached = resolve;
  });
  edge.recording = () => {
    reached();
    edge.recording = async () => {};
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  let isAcked = false;
  const first = says('first').then((said) => {
    isAcked = true;
    return said;
  });
  await begun;
  // Another message comes and goes over the same sockets meanwhile.
  expect((await says('second')).status).toBe(200);
  expect(isAcked).toBe(false);
  release();
  expect((await first).status).toBe(200);
});

test('what could not be recorded is not acked, and taken when Slack sends it again', async () => {
  let failures = 0;
  edge.recording = async () => {
    if (failures++ === 0) throw new Error('the store is down');
  };
  expect((await says()).status).toBe(200);
  expect(failures).toBe(2);
  expect(edge.received).toHaveLength(1);
});

test('something unknown is acked, noted and counted', async () => {
  expect((await edge.slack.event({ type: 'something_new', user: 'U1' })).status).toBe(200);
  expect(edge.refused).toEqual(['slack unknown']);
});

test.each(['warning', 'refresh_requested'] as const)(
  'a connection Slack moves (%s) is opened again while the other goes on',
  async (reason) => {
    edge.slack.sockets.disconnect(reason, 'one');
    expect((await says()).status).toBe(200);
    await connected();
    expect(edge.received).toHaveLength(1);
  },
);

test('connections that are cut come back, and nothing said meanwhile is lost', async () => {
  edge.slack.sockets.cut('all');
  const said = says('in the gap');
  await connected();
  expect((await said).status).toBe(200);
  expect(edge.received).toEqual([expect.objectContaining({ text: 'in the gap' })]);
  expect(await isHealthy()).toBe(true);
});

test('a connection that is open but dead is noticed and opened anew', async () => {
  await edge.stop();
  // Not shorter: on a busy machine an answer may take seconds, and connections that are well would be given up.
  edge = await SlackEdge.start({ socket: true, timing: { pingTimeoutMs: 5_000 } });
  await connected();
  edge.slack.sockets.freeze('all');
  const before = edge.slack.callsOf('apps.connections.open').length;
  await edge.slack.until(() => edge.slack.callsOf('apps.connections.open').length >= before + 2, { limitMs: 80_000 });
  await connected();
  expect((await says()).status).toBe(200);
});

test('while Slack lets nobody in, it is asked again with growing pauses', async () => {
  edge.slack.sockets.refuse();
  edge.slack.sockets.cut('all');
  const before = edge.slack.callsOf('apps.connections.open').length;
  await edge.slack.until(() => edge.slack.callsOf('apps.connections.open').length >= before + 4, { limitMs: 80_000 });
  expect(edge.fatal).toEqual([]);
  edge.slack.sockets.refuse(false);
  await connected();
  expect(await isHealthy()).toBe(true);
});

test('the bot is not ready once nothing can have come in for a minute', async () => {
  edge.slack.sockets.refuse();
  edge.slack.sockets.cut('all');
  await edge.slack.until(() => edge.logged.some(({ message }) => message.includes('no connection')), {
    limitMs: 80_000,
  });
  expect(await isHealthy()).toBe(true);
  edge.ahead = 61_000;
  expect(await isHealthy()).toBe(false);
});

test('an app-level token that dies ends the process', async () => {
  edge.slack.revoke(edge.slack.appToken, 'invalid_auth');
  edge.slack.sockets.cut('all');
  await edge.slack.until(() => edge.fatal.length > 0, { limitMs: 80_000 });
  expect(edge.fatal).toEqual([
    expect.objectContaining({ code: 'SLACK_REFUSED', message: expect.stringMatching(/SLACK_APP_TOKEN/) }),
  ]);
  expect(await isHealthy()).toBe(false);
});

test('after a stop nothing connects any more', async () => {
  await edge.platform.stop();
  await edge.slack.until(() => edge.slack.sockets.count === 0);
});
