import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { utteranceLines } from '../src/content/training';
import { accountTypes, outOfScope, type Understanding } from '../src/core/understanding';
import { intents, knowledge, repository } from './builders/bot';

const { content, understander } = knowledge();
const heldOutFolder = join(repository, 'test/utterances/en');

const heldOutSchema = z.strictObject({
  intent: z.string(),
  phrases: z
    .array(
      z.strictObject({
        text: z.string().min(3),
        account_type: z.enum(accountTypes).optional(),
        /** Other intents that are right as well, where a phrase speaks of two. */
        also: z.array(z.string()).optional(),
      }),
    )
    .min(5),
});

const heldOut = readdirSync(heldOutFolder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({ name, raw: parse(readFileSync(join(heldOutFolder, name), 'utf8')) as unknown }));
const phrases = heldOut.flatMap(({ raw }) => {
  const file = heldOutSchema.safeParse(raw);
  return file.success ? file.data.phrases.map((phrase) => ({ ...phrase, intent: file.data.intent })) : [];
});

/** How a phrase is compared: letters and digits only, so that a comma makes no new phrase. */
const plainly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

interface TrainingFile {
  path: string;
  intent: string;
  lines: string[];
}
const trainingFile = (path: string, intent: string): TrainingFile => ({
  path,
  intent,
  lines: utteranceLines(readFileSync(join(intents, path), 'utf8')),
});
const foldersOf = (path: string): string[] =>
  readdirSync(join(intents, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

const intentOf = (folder: string): string => content.byName.get(folder)?.intent ?? '';
const scenarioFiles = foldersOf('scenarios').map((name) =>
  trainingFile(`scenarios/${name}/en.utterances.txt`, intentOf(name)),
);
const trainingFiles = [
  ...scenarioFiles,
  ...foldersOf('common').map((name) =>
    trainingFile(`common/${name}/en.utterances.txt`, `act.${name.replaceAll('-', '_')}`),
  ),
  ...readdirSync(join(intents, 'training/more')).map((file) =>
    trainingFile(`training/more/${file}`, intentOf(file.replace('.en.utterances.txt', ''))),
  ),
  ...readdirSync(join(intents, 'training/out-of-scope')).map((file) =>
    trainingFile(`training/out-of-scope/${file}`, outOfScope),
  ),
];

describe('training utterances', () => {
  test.each(scenarioFiles.map((file) => [file.path, file] as const))(
    '%s teaches a scenario by at least 60 lines',
    (_path, { intent, lines }) => {
      expect(content.byIntent.has(intent)).toBe(true);
      expect(lines.length).toBeGreaterThanOrEqual(60);
    },
  );

  test('no line teaches two intents', () => {
    const seen = new Map<string, TrainingFile>();
    const twice: string[] = [];
    for (const file of trainingFiles) {
      for (const text of file.lines) {
        const before = seen.get(text.toLowerCase());
        if (before && before.intent !== file.intent) twice.push(`“${text}” in ${file.path} and ${before.path}`);
        seen.set(text.toLowerCase(), file);
      }
    }
    expect(twice).toEqual([]);
  });

  test('hold nothing that would be masked before it reaches the classifier', () => {
    const odd = trainingFiles.flatMap(({ path, lines }) =>
      lines.filter((text) => /AKIA[A-Z0-9]{16}|\[removed:/.test(text)).map((text) => `${path}: ${text}`),
    );
    expect(odd).toEqual([]);
  });
});

describe('held-out phrases', () => {
  test.each(heldOut.map(({ name, raw }) => [name, raw] as const))(
    '%s is valid and named after its intent',
    (name, raw) => {
      const file = heldOutSchema.safeParse(raw);
      if (!file.success) throw new Error(z.prettifyError(file.error));
      expect(intentOf(name.replace(/\.yaml$/, ''))).toBe(file.data.intent);
      expect(content.byIntent.has(file.data.intent)).toBe(true);
    },
  );

  test('every scenario has some', () => {
    expect(
      content.scenarios.filter(({ name }) => !existsSync(join(heldOutFolder, `${name}.yaml`))).map(({ name }) => name),
    ).toEqual([]);
  });

  test('are never trained on', () => {
    const taught = new Map(
      trainingFiles.flatMap(({ path, lines }) => lines.map((text) => [plainly(text), path] as const)),
    );
    expect(
      phrases
        .filter(({ text }) => taught.has(plainly(text)))
        .map(({ text }) => `“${text}” is taught in ${taught.get(plainly(text))}`),
    ).toEqual([]);
  });

  test('stand in one file each', () => {
    const texts = phrases.map(({ text }) => plainly(text));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  const judged = phrases.map((phrase) => ({ phrase, understood: understander.understand(phrase.text) }));
  type Judged = (typeof judged)[number];
  const right = ({ phrase }: Judged): string[] => [phrase.intent, ...(phrase.also ?? [])];
  const answered = (one: Judged): boolean =>
    one.understood.decision === 'answer' && right(one).includes(one.understood.intent);
  const asked = (one: Judged): boolean =>
    one.understood.decision === 'clarify' &&
    one.understood.alternatives.slice(0, 3).some(({ intent }) => right(one).includes(intent));
  const wrong = (one: Judged): boolean => one.understood.decision === 'answer' && !answered(one);

  test('at least nine in ten reach their intent, at once or among the three that are offered', () => {
    const missed = judged.filter((one) => !answered(one) && !asked(one));
    expectShare(1 - missed.length / judged.length, 0.9, 1, missed);
  });

  test('at most four in a hundred are taken for something else', () => {
    const mistaken = judged.filter(wrong);
    expectShare(mistaken.length / judged.length, 0, 0.04, mistaken);
  });

  test('a phrase that says which kind of user it is about is heard so', () => {
    const named = judged.filter(({ phrase }) => phrase.account_type !== undefined);
    const missed = named.filter(({ phrase, understood }) => understood.account_type !== phrase.account_type);
    expect(named.length).toBeGreaterThan(20);
    expectShare(1 - missed.length / named.length, 0.9, 1, missed);
  });

  test('hardly ever a kind of user is invented', () => {
    const silent = judged.filter(({ phrase }) => phrase.account_type === undefined);
    const invented = silent.filter(({ understood }) => understood.account_type !== null);
    expectShare(invented.length / silent.length, 0, 0.04, invented);
  });

  function expectShare(share: number, least: number, most: number, cases: Judged[]): void {
    if (share >= least && share <= most) {
      expect(Number.isFinite(share)).toBe(true);
      return;
    }
    throw new Error(
      `${(share * 100).toFixed(1)} %, not between ${least * 100} and ${most * 100}:\n${cases.map(({ phrase, understood }) => `  “${phrase.text}”\n    is ${phrase.intent} ${phrase.account_type ?? ''}; understood: ${describeUnderstanding(understood)}`).join('\n')}`,
    );
  }
});

const describeUnderstanding = ({ decision, account_type, alternatives }: Understanding): string =>
  `${decision} ${alternatives.map(({ intent, confidence }) => `${intent} ${confidence}`).join(', ')} ${account_type ?? ''}`.trim();
