import type { Delivery, OutboxRow, Outgoing, Store } from '../../../src/core/ports';
import { backoff, maxAttempts } from '../../../src/outbox/backoff';
import { OutboxWorker, type WorkerOptions } from '../../../src/outbox/worker';
import { MovableClock } from '../../../src/rehearsal/rehearsal';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { botLine, openTicket, turn } from '../../builders/store';

describe('backoff', () => {
  test.each([
    [0, 1000],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [9, 256_000],
    [10, 300_000],
    [1000, 300_000],
  ])('after %i tries: %i ms', (attempts, milliseconds) => {
    expect(backoff(attempts)).toBe(milliseconds);
  });
});

describe('OutboxWorker', () => {
  let store: Store;
  let clock: MovableClock;
  let left: Outgoing[];
  let failures: [OutboxRow | null, string][];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    clock = new MovableClock(2000);
    left = [];
    failures = [];
  });
  afterEach(() => store.close());

  function worker(
    answer: (outgoing: Outgoing) => Delivery | Promise<Delivery> = () => ({ kind: 'sent' }),
    parts: Partial<WorkerOptions> = {},
  ): OutboxWorker {
    const deliver = async (outgoing: Outgoing): Promise<Delivery> => {
      left.push(outgoing);
      return answer(outgoing);
    };
    return new OutboxWorker({
      store,
      clock,
      senders: new Map([['web', { send: deliver }]]),
      destinations: new Map([['desk', { ping: deliver }]]),
      stillHolds: async () => true,
      onFailed: (row, error) => failures.push([row, error]),
      ...parts,
    });
  }
  const says = (...texts: string[]) => turn(store, `m${texts.join()}`, { replies: () => texts.map(botLine) });
  const texts = () =>
    left.map((item) =>
      item.kind === 'reply' && item.line.from === 'bot' ? item.line.reply.say[0]![0]!.text : item.kind,
    );

  test('carries out what is due, once, in the order it was said', async () => {
    await says('one', 'two');
    await says('three');
    const one = worker();
    await one.settled();
    await one.settled();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(failures).toEqual([]);
  });

  test('leaves alone what is due later', async () => {
    await says('one');
    clock.advance(-1);
    await worker().settled();
    expect(texts()).toEqual([]);
  });

  test('pings go to their destination', async () => {
    await openTicket(store, 'm1', { destinations: ['desk'], replies: () => [] });
    await worker().settled();
    expect(left).toEqual([{ kind: 'ping', destination: 'desk', ticket: 1001, what: 'opened' }]);
  });

  test('tries again after a temporary failure, but not before its time', async () => {
    await says('one');
    const answers: Delivery[] = [
      { kind: 'temporary', error: 'busy' },
      { kind: 'temporary', error: 'busy' },
      { kind: 'sent' },
    ];
    const one = worker(() => answers.shift()!);
    await one.settled();
    clock.advance(999);
    await one.settled();
    expect(texts()).toHaveLength(1);
    clock.advance(1);
    await one.settled();
    expect(texts()).toHaveLength(2);
    clock.advance(2000);
    await one.settled();
    clock.advance(1e9);
    await one.settled();
    expect(texts()).toEqual(['one', 'one', 'one']);
    expect(failures.map(([row, error]) => [row?.attempts, error])).toEqual([
      [1, 'busy'],
      [2, 'busy'],
    ]);
  });

  test('a failure for good is not tried again', async () => {
    await says('one');
    const one = worker(() => ({ kind: 'permanent', error: 'no such user' }));
    await one.settled();
    clock.advance(1e9);
    await one.settled();
    expect(texts()).toEqual(['one']);
    expect(failures).toHaveLength(1);
  });

  test('gives up after so many tries', async () => {
    await says('one');
    const one = worker(() => ({ kind: 'temporary', error: 'busy' }));
    for (let attempt = 0; attempt < maxAttempts + 3; attempt++) {
      await one.settled();
      clock.advance(10 * 60_000);
    }
    expect(texts()).toHaveLength(maxAttempts);
  });

  test('a sender that throws counts as a temporary failure', async () => {
    await says('one');
    let broken = true;
    const one = worker(() => {
      if (broken) throw new Error('socket hang up');
      return { kind: 'sent' };
    });
    await one.settled();
    broken = false;
    clock.advance(1000);
    await one.settled();
    expect(texts()).toEqual(['one', 'one']);
    expect(failures[0]?.[1]).toBe('socket hang up');
  });

  test('one bad delivery does not hold up the others', async () => {
    await turn(store, 'a', { conversationId: 'a', replies: () => [botLine('bad')] });
    await turn(store, 'b', { conversationId: 'b', replies: () => [botLine('good')] });
    await worker((item) =>
      item.kind === 'reply' && item.conversation === 'a' ? { kind: 'temporary', error: 'x' } : { kind: 'sent' },
    ).settled();
    expect(texts()).toEqual(['bad', 'good']);
  });

  test('what no longer holds is dropped without being sent', async () => {
    await says('one');
    const one = worker(undefined, { stillHolds: async () => false });
    await one.settled();
    expect(texts()).toEqual([]);
    expect(await store.takeOutbox('x', 1e15, 1e15, 10)).toEqual([]);
  });

  test('a platform that is not connected keeps its messages for later', async () => {
    await says('one');
    await worker(undefined, { senders: new Map() }).settled();
    expect(failures[0]?.[1]).toBe('web is not connected');
    clock.advance(1000);
    await worker().settled();
    expect(texts()).toEqual(['one']);
  });

  test('a destination that does not exist is a failure for good', async () => {
    await openTicket(store, 'm1', { destinations: ['nowhere'], replies: () => [] });
    const one = worker();
    await one.settled();
    clock.advance(1e9);
    await one.settled();
    expect(failures.map(([, error]) => error)).toEqual(['there is no destination nowhere']);
  });

  test('what another worker holds is left to it until its lease is over', async () => {
    await says('one');
    await store.takeOutbox('other', 2000, 22_000, 10);
    const one = worker();
    await one.settled();
    expect(texts()).toEqual([]);
    clock.advance(20_001);
    await one.settled();
    expect(texts()).toEqual(['one']);
  });

  test('many rows leave in one go', async () => {
    await says(...Array.from({ length: 120 }, (_, index) => String(index)));
    await worker().settled();
    expect(texts()).toEqual(Array.from({ length: 120 }, (_, index) => String(index)));
  });

  test('after stop nothing leaves any more', async () => {
    const one = worker();
    await one.stop();
    await says('one');
    await one.settled();
    expect(texts()).toEqual([]);
  });

  test('an outbox that cannot be read is reported, not thrown', async () => {
    const broken = Object.assign(Object.create(store) as Store, {
      takeOutbox: () => Promise.reject(new Error('disk gone')),
    });
    await worker(undefined, { store: broken }).settled();
    expect(failures).toEqual([[null, 'disk gone']]);
  });
});
