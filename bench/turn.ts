import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../src/content/load';
import type { Store, TurnCommit } from '../src/core/ports';
import { checkedContent, intentsFolder, packageRoot } from '../src/package-files';
import { Rehearsal } from '../src/rehearsal/rehearsal';
import { openSqliteStore } from '../src/stores/sqlite';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { measure, median, type Row } from './rows';

const conversations = 60;
const story = [
  'lost my phone, no mfa for aws, iam user i think',
  'nope still the same',
  'why?',
  'a person please',
  'yes',
];

/**
 * A whole turn on the embedded store against the bare store that makes the very same calls: what the dialogue, the
 * understanding and the queueing add to the disk's own time. Both run on fresh files, in turn, in this process.
 */
export async function benchTurn(): Promise<Row[]> {
  const root = intentsFolder();
  const content = loadContent(root, checkedContent());
  const { understander } = buildUnderstander(root, content, modelFiles(packageRoot(), null));
  const ratios: number[] = [];
  const perTurn: number[] = [];
  for (let round = 0; round < 6; round++) {
    const calls: Call[] = [];
    const whole = await withStore(async (store) => {
      const rehearsal = new Rehearsal({ content, understander, store: recording(store, calls) });
      return measure(async () => {
        for (let index = 0; index < conversations; index++) {
          const person = { id: `p${index}`, name: 'Ada', member: true };
          for (const text of story) await rehearsal.say(`c${index}`, person, text);
        }
      });
    });
    const bare = await withStore((store) =>
      measure(async () => {
        for (const { method, args } of calls)
          await (store[method] as (...args: unknown[]) => Promise<unknown>).apply(store, args);
      }),
    );
    // The first round warms both up.
    if (round > 0) {
      ratios.push(whole / bare);
      perTurn.push(whole / (conversations * story.length));
    }
  }
  const ratio = median(ratios);
  return [
    { name: 'whole turn on the embedded store, median', value: median(perTurn), unit: 'ms' },
    { name: 'whole turn ÷ bare store with the same calls', value: ratio, unit: '×', limit: 1.5, ok: ratio <= 1.5 },
  ];
}

interface Call {
  method: keyof Store;
  args: unknown[];
}

/** Notes every call, with arguments as they were; outbox owners and ticket ids are the same on a replay. */
function recording(store: Store, calls: Call[]): Store {
  return new Proxy(store, {
    get(target, method: keyof Store) {
      return (...args: unknown[]) => {
        if (method === 'commitTurn') {
          const turn = args[0] as TurnCommit;
          const lines = new Map<number, ReturnType<TurnCommit['replies']>>();
          const replies: TurnCommit['replies'] = (number, ticket) => {
            const kept = lines.get(number) ?? turn.replies(number, ticket);
            lines.set(number, kept);
            return kept;
          };
          calls.push({ method, args: [{ ...turn, replies }] });
          return target.commitTurn({ ...turn, replies });
        }
        calls.push({ method, args });
        return (target[method] as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

async function withStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-bench-'));
  const store = await openSqliteStore(folder);
  try {
    return await use(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}
