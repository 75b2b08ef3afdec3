import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uncovered } from '../../../scripts/generated/coverage';
import { stalePages, writePages } from '../../../scripts/generated/pages';
import { readWrittenTranscripts } from '../../../scripts/generated/written-transcripts';
import { loadContent } from '../../../src/content/load';
import { pathsOf } from '../../../src/content/walk';
import { intents, repository } from '../../builders/bot';

const content = loadContent(intents);

describe('npm run docs', () => {
  // All paths are written again and again; a busy machine may need its time.
  jest.setTimeout(60_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'docs-'));
    cpSync(join(repository, 'test/conversations'), join(root, 'test/conversations'), { recursive: true });
    writePages(root, content);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('has nothing to say about what it has just written', () => {
    expect(stalePages(root, content)).toEqual([]);
    expect(writePages(root, content)).toEqual([]);
  });

  it('names a page that was edited, one that is missing and one left over', () => {
    appendFileSync(join(root, 'docs/scenarios.md'), 'by hand');
    rmSync(join(root, 'docs/errors.md'));
    mkdirSync(join(root, 'test/conversations/gone'));
    writeFileSync(join(root, 'test/conversations/gone/every-path.yaml'), 'turns: []');

    expect(stalePages(root, content)).toEqual([
      { file: 'docs/errors.md', problem: 'is missing' },
      { file: 'docs/scenarios.md', problem: 'is not up to date' },
      { file: 'test/conversations/gone/every-path.yaml', problem: 'belongs to no scenario any more' },
    ]);

    writePages(root, content);
    expect(stalePages(root, content)).toEqual([]);
    expect(existsSync(join(root, 'test/conversations/gone/every-path.yaml'))).toBe(false);
  });

  it('names the pages of a scenario that was changed', () => {
    const changed = structuredClone(content);
    const step = changed.byName.get('mfa-lost')?.steps['federated/provider'];
    if (!step || 'ask' in step) throw new Error('the step is no longer told');
    delete step.offer;
    const files = stalePages(root, { ...changed, scenarios: [...changed.byName.values()] }).map(({ file }) => file);

    expect(files).toContain('test/conversations/mfa-lost/every-path.yaml');
    expect(files).toContain('docs/scenarios.md');
    expect(files).not.toContain('test/conversations/account-suspended/every-path.yaml');
  });

  it('covers every path and every rule', () => {
    expect(uncovered(content, readWrittenTranscripts(root, 'all'))).toEqual([]);
  });

  it('misses a path that no transcript plays, and a rule that none shows', () => {
    const scenario = content.byName.get('mfa-lost');
    if (!scenario) throw new Error('no such scenario');
    const without = readWrittenTranscripts(root, 'all').filter(
      ({ file, heard }) =>
        !file.startsWith('test/conversations/mfa-lost/') && !heard.some((name) => name.startsWith('mfa-lost/')),
    );

    const faults = uncovered(content, without);

    const file = 'intents/scenarios/mfa-lost/scenario.yaml';
    const paths = faults.filter((fault) => fault.file === file);
    expect(paths).toHaveLength(pathsOf(content, scenario).length);
    expect(paths[0]?.problem).toMatch(/^no transcript plays the path mfa-lost/);
    expect(faults.map(({ problem }) => problem)).toContain(
      'no transcript shows the rule mfa-lost-root/root-standalone',
    );
  });
});
