import type { Platform } from '../../../src/core/message';
import type { Delivery, OutboxRow, Outgoing, PlatformSender, Store } from '../../../src/core/ports';
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
  /** What a test waits for in vain must not go on after it. */
  let over: AbortSignal;
  let end: () => void;
  beforeEach(async () => {
    const controller = new AbortController();
    over = controller.signal;
    end = () => controller.abort();
    store = await openSqliteStore(':memory:');
    clock = new MovableClock(2000);
    left = [];
    failures = [];
  });
  afterEach(async () => {
    end();
    await store.close();
  });

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
      senders: new Map<Platform, PlatformSender>([
        ['web', { send: deliver }],
        ['slack', { send: deliver }],
        ['teams', { send: deliver }],
      ]),
      destinations: new Map([['desk', { ping: deliver }]]),
      stillHolds: async () => true,
      onFailed: (row, error) => failures.push([row, error]),
      ...parts,
    });
  }
  const says = (...texts: string[]) => turn(store, `m${texts.join()}`, { replies: () => texts.map(botLine) });
  /** Each in a conversation of its own. */
  const saysTo = (platform: Platform, ...conversations: string[]) =>
    conversations.reduce<Promise<unknown>>(
      (before, conversationId) =>
        before.then(() =>
          turn(store, `${platform}-${conversationId}`, {
            conversationId,
            platform,
            replies: () => [botLine(conversationId)],
          }),
        ),
      Promise.resolve(),
    );
  const texts = () =>
    left.flatMap((item) =>
      item.kind === 'reply'
        ? item.lines.map((line) => (line.from === 'bot' ? line.reply.say[0]![0]!.text : line.text))
        : [item.kind],
    );
  /** Deliveries that wait until the test lets them go on. */
  const held = () => {
    const open = new Map<string, (delivery: Delivery) => void>();
    const hold = (outgoing: Outgoing) =>
      new Promise<Delivery>((resolve) => open.set(outgoing.kind === 'reply' ? outgoing.conversation : 'ping', resolve));
    return { open, hold };
  };
  const until = async (isSo: () => boolean) => {
    const testOver = over;
    while (!isSo() && !testOver.aborted) await new Promise((resolve) => setImmediate(resolve));
  };

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
    const names = Array.from({ length: 120 }, (_, index) => String(index));
    await saysTo('web', ...names);
    for (const name of names.slice(0, 20)) await says(`then ${name}`);
    await worker().settled();
    expect(texts().sort()).toEqual([...names, ...names.slice(0, 20).map((name) => `then ${name}`)].sort());
    expect(failures).toEqual([]);
  });

  describe('lanes', () => {
    test('within a conversation the next leaves only when the one before has left', async () => {
      await says('one');
      await says('two');
      const { open, hold } = held();
      const one = worker(hold);
      one.wake();
      await until(() => open.size === 1);
      one.wake();
      // Another conversation goes past it, and shows that the queue was looked at again.
      await saysTo('web', 'c2');
      one.wake();
      await until(() => open.has('c2'));
      expect(texts()).toEqual(['one', 'c2']);
      open.get('c1')!({ kind: 'sent' });
      await until(() => texts().includes('two'));
      open.get('c1')!({ kind: 'sent' });
      open.get('c2')!({ kind: 'sent' });
      await one.settled();
      expect(texts()).toEqual(['one', 'c2', 'two']);
    });

    test('while one waits for another try, the next of its conversation waits too', async () => {
      await says('one');
      await says('two');
      const answers: Delivery[] = [{ kind: 'temporary', error: 'busy' }];
      const one = worker(() => answers.shift() ?? { kind: 'sent' });
      await one.settled();
      expect(texts()).toEqual(['one']);
      clock.advance(1000);
      await one.settled();
      expect(texts()).toEqual(['one', 'one', 'two']);
    });

    test('after a failure for good the rest of the conversation goes on', async () => {
      await says('one');
      await says('two');
      const answers: Delivery[] = [{ kind: 'permanent', error: 'too long' }];
      await worker(() => answers.shift() ?? { kind: 'sent' }).settled();
      expect(texts()).toEqual(['one', 'two']);
    });

    test('a delivery that never ends holds up nobody else', async () => {
      await saysTo('web', 'stuck', 'a', 'b');
      const one = worker((item) =>
        item.kind === 'reply' && item.conversation === 'stuck' ? new Promise<Delivery>(() => {}) : { kind: 'sent' },
      );
      one.wake();
      await until(() => texts().length === 3);
      await saysTo('web', 'c');
      one.wake();
      await until(() => texts().includes('c'));
      expect(texts()).toEqual(['stuck', 'a', 'b', 'c']);
    });

    test('one that takes longer than its lease is not begun again beside itself', async () => {
      await says('slow');
      const { open, hold } = held();
      const one = worker(hold);
      one.wake();
      await until(() => open.size === 1);
      clock.advance(31_000);
      await saysTo('web', 'c2');
      one.wake();
      await until(() => open.has('c2'));
      expect(texts()).toEqual(['slow', 'c2']);
      open.get('c1')!({ kind: 'sent' });
      open.get('c2')!({ kind: 'sent' });
      await one.settled();
      expect(await store.takeOutbox('x', 1e15, 1e15, 10)).toEqual([]);
    });
  });

  describe('a platform that hangs', () => {
    const names = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const count = (prefix: string) => texts().filter((text) => text.startsWith(prefix)).length;

    test('takes half of the places, and the other goes on in the rest', async () => {
      await saysTo('slack', ...names(100, 's'));
      await saysTo('teams', ...names(100, 't'));
      const one = worker((item) =>
        item.kind === 'reply' && item.platform === 'slack' ? new Promise<Delivery>(() => {}) : { kind: 'sent' },
      );
      one.wake();
      await until(() => count('t') === 100);
      one.wake();
      await saysTo('teams', 'tlast');
      one.wake();
      await until(() => count('tlast') === 1);
      expect(count('s')).toBe(48);
    });

    test('does not get more places by filling up little by little', async () => {
      const one = worker(() => new Promise<Delivery>(() => {}));
      await saysTo('slack', ...names(47, 's'));
      one.wake();
      await until(() => count('s') === 47);
      await saysTo('slack', ...names(60, 'sx'));
      await saysTo('teams', ...names(60, 't'));
      one.wake();
      await until(() => count('t') === 48);
      expect(count('s')).toBe(48);
    });
  });

  describe('a wait that the platform asks for', () => {
    test('is kept to, and is neither a try nor a failure', async () => {
      await says('one');
      const one = worker(() => ({ kind: 'temporary', error: 'slow down', retryAfter: 7000 }));
      for (let round = 0; round < maxAttempts + 3; round++) {
        await one.settled();
        clock.advance(6999);
        await one.settled();
        expect(texts()).toHaveLength(round + 1);
        clock.advance(1);
      }
      expect(failures).toEqual([]);
      const [row] = await store.takeOutbox('x', clock.now(), clock.now() + 1, 10);
      expect(row!.attempts).toBe(1);
    });

    test('is seen by the sender as no earlier try', async () => {
      await says('one');
      const attempts: number[] = [];
      const answers: Delivery[] = [
        { kind: 'temporary', error: 'slow down', retryAfter: 1000 },
        { kind: 'temporary', error: 'broken pipe' },
      ];
      const send: PlatformSender['send'] = async (_outgoing, _key, attempt) => {
        attempts.push(attempt);
        return answers.shift() ?? { kind: 'sent' };
      };
      const one = worker(undefined, { senders: new Map([['web', { send }]]) });
      for (let round = 0; round < 4; round++) {
        await one.settled();
        clock.advance(1000);
      }
      expect(attempts).toEqual([1, 1, 2]);
    });

    test.each([0, -5, Number.NaN])('of %d ms is not asked again in the same moment', async (retryAfter) => {
      await says('one');
      const one = worker(() => ({ kind: 'temporary', error: 'slow down', retryAfter }));
      await one.settled();
      expect(texts()).toEqual(['one']);
      clock.advance(1000);
      await one.settled();
      expect(texts()).toEqual(['one', 'one']);
    });

    test('does not stop other conversations', async () => {
      await saysTo('slack', 'busy', 'free');
      const one = worker((item) =>
        item.kind === 'reply' && item.conversation === 'busy'
          ? { kind: 'temporary', error: 'slow down', retryAfter: 60_000 }
          : { kind: 'sent' },
      );
      await one.settled();
      await saysTo('slack', 'free2');
      await one.settled();
      expect(texts()).toEqual(['busy', 'free', 'free2']);
    });
  });

  test('what arrived after the lease was lost is not marked by the one who was late', async () => {
    await says('one');
    const { open, hold } = held();
    const one = worker(hold);
    one.wake();
    await until(() => open.size === 1);
    const [taken] = await store.takeOutbox('other', 40_000, 50_000, 10);
    expect(taken).toMatchObject({ attempts: 2 });
    open.get('c1')!({ kind: 'sent' });
    await one.settled();
    expect(failures).toEqual([]);
    expect(await store.finishOutbox(taken!.id, 'other', { kind: 'retry', dueAt: 60_000, error: 'x' })).toBe(true);
  });

  test('settled waits for what is under way, and for what follows it', async () => {
    await says('one');
    await says('two');
    const { open, hold } = held();
    const one = worker(hold);
    let isSettled = false;
    const settled = one.settled().then(() => {
      isSettled = true;
    });
    await until(() => open.size === 1);
    expect(isSettled).toBe(false);
    open.get('c1')!({ kind: 'sent' });
    await until(() => texts().length === 2);
    expect(isSettled).toBe(false);
    open.get('c1')!({ kind: 'sent' });
    await settled;
    expect(texts()).toEqual(['one', 'two']);
  });

  test('stop waits for what is under way, and begins nothing new', async () => {
    await says('one');
    await says('two');
    const { open, hold } = held();
    const one = worker(hold);
    one.start();
    await until(() => open.size === 1);
    let hasStopped = false;
    const stopped = one.stop().then(() => {
      hasStopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasStopped).toBe(false);
    open.get('c1')!({ kind: 'sent' });
    await stopped;
    expect(texts()).toEqual(['one']);
    expect(await store.takeOutbox('x', 1e15, 1e15, 10)).toMatchObject([{ outgoing: { lines: [botLine('two')] } }]);
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
