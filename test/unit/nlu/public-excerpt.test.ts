import { join } from 'node:path';
import { examine } from '../../../scripts/evaluate/examine';
import { comparePeers } from '../../../scripts/evaluate/peers';
import { readRows } from '../../../scripts/evaluate/rows';
import { entities, languages } from './small-training';

const file = join(__dirname, '../../fixtures/nlu/clinc150-excerpt.jsonl');
const rows = readRows(file, 'train');
const test = readRows(file, 'test');
const { result } = examine(rows, test, { entities, languages });

describe('eight neighbouring intents of a public set, twelve rows each', () => {
  it('finds at least as many as the other classifiers', async () => {
    const { natural_bayes: bayes, nlpjs } = await comparePeers(rows, test);
    expect(result.rows).toBe(94);
    expect(result.forced_accuracy).toBeGreaterThanOrEqual(0.8);
    expect(result.forced_accuracy).toBeGreaterThanOrEqual(bayes.forced_accuracy ?? 1);
    expect(result.forced_accuracy).toBeGreaterThanOrEqual(nlpjs.forced_accuracy ?? 1);
  });
  it('tells them from what is out of scope', () => {
    expect(result.oos_auroc).toBeGreaterThan(0.95);
    expect(result.oos_not_answered).toBeGreaterThan(0.9);
    expect(result.confidently_wrong).toBeLessThanOrEqual(0.1);
  });
  it('stands one or two slips a message', () => {
    expect(result.typos.loss).toBeLessThanOrEqual(0.08);
  });
});
