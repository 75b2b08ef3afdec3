import { seededRandom } from '../../../src/core/seeded-random';
import { decide, type Evidence, fitConfidence, probability, type Sample } from '../../../src/nlu/confidence';

const evidence = (top: number): Evidence => ({
  top,
  second: -1,
  outside: -top,
  ownCosine: 0.5,
  otherCosine: 0.2,
  outsideCosine: 0.1,
  knownWords: 0.9,
  support: 0.8,
  length: 6,
  clauses: 0,
  foreign: 0,
  alone: 0,
  ok: 0,
  lost: 0,
});
/** Messages of all kinds, of which those with a high margin are right more often. */
const random = seededRandom(1);
const samples: Sample[] = Array.from({ length: 600 }, (_, i) => {
  const top = 2 * random() - 1;
  return {
    row: i,
    evidence: { ...evidence(top), second: top - random(), outside: 2 * random() - 1, ownCosine: random() },
    right: random() < 1 / (1 + Math.exp(-5 * top)),
    inScope: i % 4 !== 0,
    first: 0,
  };
});
const confidence = fitConfidence(samples);

it('grows with the margin and stays a probability', () => {
  const values = [-1, -0.5, 0, 0.5, 1].map((top) => probability(confidence, evidence(top)));
  expect([...values].sort((a, b) => a - b)).toEqual(values);
  expect(values.every((p) => p >= 0 && p <= 1)).toBe(true);
});
it('decides by two thresholds', () => {
  expect(confidence.clarify).toBeLessThanOrEqual(confidence.answer);
  expect(decide(confidence, confidence.answer)).toBe('answer');
  expect(decide(confidence, confidence.clarify)).toBe(confidence.clarify === confidence.answer ? 'answer' : 'clarify');
  expect(decide(confidence, 0)).toBe('not_understood');
});
it('answers as much as its limit of wrong answers allows', () => {
  const wrongShare = (wrong: number) => {
    const fitted = fitConfidence(samples, { wrong, fewestAsked: 0, mostAsked: 1, refused: 0 });
    const inScope = samples.filter((s) => s.inScope);
    const answered = inScope.filter((s) => decide(fitted, probability(fitted, s.evidence)) === 'answer');
    return { wrong: answered.filter((s) => !s.right).length / inScope.length, answered: answered.length };
  };
  for (const limit of [0.01, 0.05, 0.1]) expect(wrongShare(limit).wrong).toBeLessThanOrEqual(limit);
  expect(wrongShare(0.1).answered).toBeGreaterThan(wrongShare(0.01).answered);
});
it('does without samples', () => {
  expect(probability(fitConfidence([]), evidence(1))).toBeGreaterThanOrEqual(0);
});
