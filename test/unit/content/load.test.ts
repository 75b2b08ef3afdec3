import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepChecked, loadContent } from '../../../src/content/load';
import { ContentTree } from '../../builders/content-tree';

const words = 'scenarios/mfa-lost/en.yaml';

let tree: ContentTree;
let kept: string;
beforeEach(() => {
  tree = new ContentTree();
  kept = join(dirname(tree.root), 'content.json');
});
afterEach(() => tree.remove());

/** Marks what is kept, so that a test can tell it from what is read anew. */
function markKept(): void {
  const value = JSON.parse(readFileSync(kept, 'utf8')) as { scenarios: { owner: string }[] };
  value.scenarios[0]!.owner = 'kept';
  writeFileSync(kept, JSON.stringify(value));
}
const ownerOf = (file?: string): string => loadContent(tree.root, file).scenarios[0]!.owner;

describe('kept content', () => {
  beforeEach(() => keepChecked(tree.root, loadContent(tree.root), kept));

  test('is the same as content read anew', () => {
    expect(loadContent(tree.root, kept)).toEqual(loadContent(tree.root));
  });

  test('is used while not a byte has changed', () => {
    markKept();
    expect(ownerOf(kept)).toBe('kept');
    expect(ownerOf()).toBe('aws-admins');
  });

  test.each([
    ['a changed file', () => tree.change(words, 'Lost MFA device', 'Lost MFA thing')],
    ['a new file', () => tree.write('guides/another.yaml', tree.read('guides/remove-device.yaml'))],
    [
      'a file renamed',
      () => {
        tree.write('guides/renamed.yaml', tree.read('guides/remove-device.yaml'));
        tree.remove('guides/remove-device.yaml');
        tree.change('scenarios/mfa-lost/scenario.yaml', 'guide: remove-device', 'guide: renamed');
      },
    ],
  ])('is not used after %s', (_what, change) => {
    markKept();
    change();
    expect(ownerOf(kept)).toBe('aws-admins');
  });

  test('never hides a fault that was made since', () => {
    tree.change('scenarios/mfa-lost/scenario.yaml', 'then: iam/alone', 'then: iam/gone');
    expect(() => loadContent(tree.root, kept)).toThrow(/iam\/gone/);
  });

  test.each([
    ['is missing', () => {}, 'nowhere.json'],
    ['is cut off', () => writeFileSync(kept, readFileSync(kept, 'utf8').slice(0, 100)), 'content.json'],
    ['is empty', () => writeFileSync(kept, ''), 'content.json'],
    ['is of another shape', () => writeFileSync(kept, '{"hash":1}'), 'content.json'],
    ['is no object', () => writeFileSync(kept, 'null'), 'content.json'],
  ])('is read anew where the file %s', (_what, spoil, name) => {
    spoil();
    expect(ownerOf(join(dirname(tree.root), name))).toBe('aws-admins');
  });
});
