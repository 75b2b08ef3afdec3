import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partsOf, runParts } from '../../../scripts/check';
import { writePages } from '../../../scripts/generated/pages';
import { loadContent } from '../../../src/content/load';
import { intents } from '../../builders/bot';

async function check(parts: Parameters<typeof runParts>[0]): Promise<{ sound: boolean; lines: string[] }> {
  const lines: string[] = [];
  return { sound: await runParts(parts, (line) => lines.push(line)), lines };
}

describe('npm run check', () => {
  it('runs every part although one before it has faults, and lists them below its name', async () => {
    const { sound, lines } = await check([
      { name: 'first', run: () => 'a.yaml:3  is wrong\n    → mend it' },
      { name: 'second', run: async () => '' },
      { name: 'third', run: () => 'b.ts  too\n' },
    ]);

    expect(sound).toBe(false);
    expect(lines).toEqual([
      'FAULTS  first\n        a.yaml:3  is wrong\n            → mend it',
      'ok      second',
      'FAULTS  third\n        b.ts  too',
    ]);
  });

  it('does not fail for what is only worth knowing', async () => {
    const { sound, lines } = await check([{ name: 'dates', run: () => 'a plan ended', warns: true }]);
    expect({ sound, lines }).toEqual({ sound: true, lines: ['WARNING dates\n        a plan ended'] });
  });

  it('is content when nothing is wrong', async () => {
    expect(await check([{ name: 'only', run: () => '\n' }])).toEqual({ sound: true, lines: ['ok      only'] });
  });

  describe('of a copy of the repository', () => {
    // The whole content is walked here; a busy machine may need its time.
    jest.setTimeout(60_000);
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'check-'));
      cpSync(intents, join(root, 'intents'), { recursive: true });
      writePages(root, loadContent(intents));
    });
    afterEach(() => rmSync(root, { recursive: true }));

    it('finds content, transcripts and pages sound, and tools that are not installed missing', async () => {
      const { sound, lines } = await check(partsOf(root));

      expect(sound).toBe(false);
      expect(lines.filter((line) => line.startsWith('ok'))).toEqual([
        'ok      content',
        'ok      dates of the content',
        'ok      a transcript for every path and rule',
        'ok      generated pages',
      ]);
      expect(lines[0]).toMatch(/^FAULTS {2}format and lint\n.* is not installed\n.*npm ci/);
    });

    it('names faults of the content with their line, and then judges nothing by it', async () => {
      writeFileSync(
        join(root, 'intents/scenarios/mfa-lost/en.yaml'),
        'title: Lost or broken MFA device\nsumary: oops\n',
      );

      const { lines } = await check(partsOf(root));

      expect(lines.find((line) => line.includes('content\n'))).toContain('intents/scenarios/mfa-lost/en.yaml:2  ');
      expect(lines.find((line) => line.includes('generated pages'))).toContain('the content has faults');
    });
  });
});
