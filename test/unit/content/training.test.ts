import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrainingRows, utteranceLines } from '../../../src/content/training';
import { trainingHash } from '../../../src/nlu';
import { knowledge } from '../../builders/bot';

it('skips comments and blank lines', () => {
  expect(utteranceLines('# title\n\n one \r\ntwo # kept\n')).toEqual(['one', 'two # kept']);
});

it('reads scenarios, acts and out-of-scope rows in a fixed order', () => {
  const root = mkdtempSync(join(tmpdir(), 'intents-'));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  try {
    write('scenarios/mfa-lost/en.utterances.txt', 'lost phone\n');
    write('common/about-me/en.utterances.txt', 'what do you know about me\n');
    write('training/out-of-scope/generic.en.utterances.txt', 'tell me a joke\n');
    write('training/more/mfa-lost.en.utterances.txt', 'phone went into the lake\n');
    const scenario = knowledge().content.byIntent.get('mfa.lost')!;
    expect(readTrainingRows(root, [scenario])).toEqual([
      { text: scenario.wording.title, intent: 'mfa.lost' },
      { text: 'lost phone', intent: 'mfa.lost' },
      { text: 'phone went into the lake', intent: 'mfa.lost' },
      { text: 'what do you know about me', intent: 'act.about_me' },
      { text: 'tell me a joke', intent: 'oos' },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

it('the hash changes with a text, an intent and the order', () => {
  const a = { text: 'a', intent: 'x' };
  const b = { text: 'b', intent: 'x' };
  const hashes = [[a, b], [b, a], [a, { ...b, intent: 'y' }], [a]].map(trainingHash);
  expect(new Set(hashes).size).toBe(4);
  expect(trainingHash([a, b])).toBe(hashes[0]);
});
