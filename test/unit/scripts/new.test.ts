import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stalePages, writePages } from '../../../scripts/generated/pages';
import { Refusal, scaffold } from '../../../scripts/new';
import { checkContent } from '../../../src/content/check';
import { formatFaults } from '../../../src/content/faults';
import { readContent } from '../../../src/content/read';
import { intents } from '../../builders/bot';

describe('npm run new', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'new-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('makes a scenario whose only fault is that its words are still to be written', () => {
    cpSync(intents, join(root, 'intents'), { recursive: true });

    const said = scaffold(root, ['scenario', 'network-vpn-needed']);

    const result = readContent(join(root, 'intents'));
    const faults = checkContent(result);
    expect(formatFaults(faults)).toMatch(
      /^intents\/scenarios\/network-vpn-needed\/en\.yaml:1 {2}still holds the scaffold’s words/,
    );
    expect(faults).toHaveLength(1);
    expect(faults[0]?.remedy).toBe('write the real words');
    expect(result.content.byIntent.get('network.vpn_needed')?.name).toBe('network-vpn-needed');
    expect(said).toContain('wrote intents/scenarios/network-vpn-needed/scenario.yaml');
    expect(said).toContain('npm run docs');
  });

  it('makes a scenario whose paths get transcripts like any other', () => {
    cpSync(intents, join(root, 'intents'), { recursive: true });
    scaffold(root, ['scenario', 'network-vpn-needed']);
    const { content } = readContent(join(root, 'intents'));

    writePages(root, content);

    expect(stalePages(root, content)).toEqual([]);
    expect(readFileSync(join(root, 'test/conversations/network-vpn-needed/every-path.yaml'), 'utf8')).toContain(
      'bot: network-vpn-needed/administrator',
    );
  });

  it('begins with the words of the people who wanted it, which then wait nowhere else', () => {
    const wanted = join(root, 'intents/training/wanted/network-vpn-needed.en.utterances.txt');
    mkdirSync(dirname(wanted), { recursive: true });
    writeFileSync(wanted, 'aws is dead without the vpn\nvpn needed?\n');
    scaffold(root, ['scenario', 'network-vpn-needed']);
    const utterances = join(root, 'intents/scenarios/network-vpn-needed/en.utterances.txt');
    expect(readFileSync(utterances, 'utf8')).toMatch(/^#.*\n#.*\naws is dead without the vpn\nvpn needed\?\n$/);
    expect(existsSync(wanted)).toBe(false);
  });

  it('marks every file that has words to replace', () => {
    const files = scaffold(root, ['scenario', 'network-vpn-needed'])
      .split('\n')
      .flatMap((line) => (line.startsWith('wrote ') ? [line.slice('wrote '.length)] : []));

    expect(files).toHaveLength(5);
    for (const file of files) expect(readFileSync(join(root, file), 'utf8')).toContain('REPLACE');
  });

  it.each([
    '',
    'vpn',
    'Network-Vpn',
    'network_vpn',
    '../network-vpn',
    'network-vpn/x',
    'network-vpn2',
    'network-',
    `network-${'n'.repeat(40)}`,
  ])('refuses the name “%s” and makes nothing', (name) => {
    expect(() => scaffold(root, ['scenario', name])).toThrow(/is no name for a scenario: write two or more/);
    expect(existsSync(join(root, 'intents'))).toBe(false);
  });

  it('refuses a scenario that exists, and leaves it as it was', () => {
    scaffold(root, ['scenario', 'network-vpn-needed']);
    const file = join(root, 'intents/scenarios/network-vpn-needed/en.yaml');
    writeFileSync(file, 'mine');

    expect(() => scaffold(root, ['scenario', 'network-vpn-needed'])).toThrow('exists already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('numbers decisions after the last one', () => {
    expect(scaffold(root, ['decision', 'Keep tickets', 'for a year'])).toContain('0001-keep-tickets-for-a-year.md');
    expect(scaffold(root, ['decision', "Don't page people at night"])).toContain('0002-dont-page-people-at-night.md');
    expect(readFileSync(join(root, 'docs/decisions/0002-dont-page-people-at-night.md'), 'utf8')).toMatch(
      /^# 2\. Don't page people at night\n/,
    );
  });

  it('refuses a decision without a title, or one that was taken before', () => {
    expect(() => scaffold(root, ['decision', '?!'])).toThrow('is no title');
    scaffold(root, ['decision', 'Keep tickets for a year']);
    expect(() => scaffold(root, ['decision', 'keep tickets for a year!'])).toThrow(
      '0001-keep-tickets-for-a-year.md exists already',
    );
  });

  it.each([[[]], [['language', 'de']], [['scenario', '--force', 'a-b']]])(
    'explains itself when asked for %j',
    (args) => {
      expect(() => scaffold(root, args)).toThrow(Refusal);
      expect(() => scaffold(root, args)).toThrow(/npm run new -- scenario <name>/);
    },
  );
});
