import { decide, type Evidence, fitConfidence, probability, type Sample } from '../../../src/nlu/confidence';

const evidence = (top: number): Evidence => ({
  top,
  second: -1,
  outside: -top,
  ownCosine: 0.5,
  otherCosine: 0.2,
  outsideCosine: 0.1,
  knownNgrams: 0.9,
  knownWords: 0.9,
  length: 6,
  foreign: 0,
  home: 0,
});
const samples: Sample[] = Array.from({ length: 200 }, (_, i) => {
  const top = (i - 100) / 100;
  return {
    row: i,
    evidence: evidence(top),
    right: top > 0 ? i % 10 !== 0 : i % 10 === 0,
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
it('does without samples', () => {
  expect(probability(fitConfidence([]), evidence(1))).toBeGreaterThanOrEqual(0);
});
