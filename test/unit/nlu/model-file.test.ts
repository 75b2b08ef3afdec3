import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { createUnderstander, loadOrTrain } from '../../../src/nlu';
import { buildLexicon } from '../../../src/nlu/lexicon';
import { train } from '../../../src/nlu/model';
import { deserialise, serialise } from '../../../src/nlu/model-file';
import { entities, rows } from './small-training';

const lexicon = buildLexicon(entities);
const model = train(rows, { lexicon });
const bytes = serialise(model, 'hash');

describe('model file', () => {
  it('is the same for the same rows, bit for bit', () => {
    expect(serialise(train(rows, { lexicon }), 'hash').equals(bytes)).toBe(true);
  });
  it('comes back bit for bit', () => {
    const back = deserialise(bytes, 'hash', lexicon);
    expect(back && serialise(back, 'hash').equals(bytes)).toBe(true);
  });
  it('comes back from any place in memory', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(deserialise(shifted, 'hash', lexicon)).not.toBeNull();
  });
  it('judges as the trained model does', () => {
    const back = createUnderstander(deserialise(bytes, 'hash', lexicon)!);
    const trained = createUnderstander(model);
    fc.assert(
      fc.property(fc.constantFrom(...rows.map((row) => row.text)), fc.string(), (text, noise) => {
        expect(back.understand(`${text} ${noise}`)).toEqual(trained.understand(`${text} ${noise}`));
      }),
    );
  });
  it('is refused when made from other rows or damaged', () => {
    expect(deserialise(bytes, 'other', lexicon)).toBeNull();
    expect(deserialise(bytes.subarray(0, bytes.length - 100), 'hash', lexicon)).toBeNull();
    expect(deserialise(Buffer.from('not a model'), 'hash', lexicon)).toBeNull();
    expect(deserialise(Buffer.alloc(0), 'hash', lexicon)).toBeNull();
  });
});

describe('loadOrTrain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nlu-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('trains once and reads afterwards; other rows train anew', () => {
    const cacheFile = [join(folder, 'deep', 'a.model')];
    expect(loadOrTrain({ rows, entities, cacheFile }).from).toBe('trained');
    expect(loadOrTrain({ rows, entities, cacheFile }).from).toBe('file');
    expect(loadOrTrain({ rows: rows.slice(1), entities, cacheFile }).from).toBe('trained');
  });
  it('goes on without a file when no place can be written', () => {
    writeFileSync(join(folder, 'plain'), '');
    expect(loadOrTrain({ rows, entities, cacheFile: [join(folder, 'plain', 'a.model')] })).toMatchObject({
      from: 'trained',
      file: null,
    });
  });
  it('uses the second place when the first cannot be written', () => {
    writeFileSync(join(folder, 'plain'), '');
    const second = join(folder, 'b.model');
    expect(loadOrTrain({ rows, entities, cacheFile: [join(folder, 'plain', 'a.model'), second] }).file).toBe(second);
  });
});
