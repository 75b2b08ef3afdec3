import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../../../src/content/load';
import { Reload } from '../../../src/content/reload';
import type { Content } from '../../../src/core/content';
import { ContentTree } from '../../builders/content-tree';

/** A real folder, watched, with whatever was said in the log. */
class World {
  readonly tree = new ContentTree();
  readonly used: Content[] = [];
  readonly told: string[] = [];
  private waiting: (() => void)[] = [];
  readonly reload = new Reload<Content>({
    root: this.tree.root,
    load: async () => loadContent(this.tree.root),
    use: (content) => void this.used.push(content),
    clock: { now: () => 5000 },
    log: {
      info: (_fields, message) => this.tell(message),
      error: (fields, message) => this.tell(`${message} ${JSON.stringify(fields)}`),
    },
  });

  /** Resolves when a change was taken or refused. */
  afterNext = (): Promise<void> => new Promise((resolve) => void this.waiting.push(resolve));
  write = (file: string, text: string) => writeFileSync(join(this.tree.root, file), text);

  private tell(message: string): void {
    this.told.push(message);
    for (const wake of this.waiting.splice(0)) wake();
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(async () => {
  await world.reload.stop();
  world.tree.remove();
});

const words = 'scenarios/mfa-lost/en.yaml';

test('a change is taken over by itself', async () => {
  world.reload.watch();
  await world.reload.watching();
  const next = world.afterNext();
  world.write(words, world.tree.read(words).replace('Lost MFA device', 'Device that went missing'));
  await next;
  expect(world.used.map(({ scenarios }) => scenarios[0]!.wording.title)).toEqual(['Device that went missing']);
  expect(world.reload.current).toMatchObject({ since: 5000, refused: null });
});

test.each([
  ['cut off in the middle', (text: string) => text.slice(0, text.indexOf('say:') + 3), /en\.yaml:\d+ /],
  ['emptied', () => '', /scenarios\/mfa-lost\/en\.yaml/],
  ['with a key nobody knows', (text: string) => text.replace('summary:', 'sumary:'), /en\.yaml:2 .*sumary/],
  ['with a binary in it', (text: string) => `\u0000\u0001${text}`, /en\.yaml/],
])('a file %s changes nothing, and is named with its line', async (_what, spoil, said) => {
  const good = world.tree.read(words);
  world.write(words, spoil(good));
  await world.reload.now();
  expect(world.used).toEqual([]);
  expect(world.told.join('\n')).toMatch(said);
  expect(world.reload.current.refused).toMatchObject({ at: 5000, faults: expect.arrayContaining([expect.anything()]) });
  world.write(words, good);
  await world.reload.now();
  expect(world.used).toHaveLength(1);
  expect(world.reload.current.refused).toBeNull();
});

test('a folder that is gone changes nothing either', async () => {
  rmSync(world.tree.root, { recursive: true });
  await world.reload.now();
  expect(world.used).toEqual([]);
  expect(world.reload.current.refused?.faults.length).toBeGreaterThan(0);
});

test('what cannot be loaded for another reason is told, and does not end the process', async () => {
  const reload = new Reload({
    root: world.tree.root,
    load: async () => {
      throw new Error('no room on the disk');
    },
    use: () => {},
    clock: { now: () => 1 },
    log: { info: () => {}, error: () => {} },
  });
  await reload.now();
  expect(reload.current.refused?.faults[0]?.problem).toBe('no room on the disk');
});

test('many changes at once are loaded once more, not many times', async () => {
  await Promise.all([world.reload.now(), world.reload.now(), world.reload.now()]);
  expect(world.used).toHaveLength(2);
});
