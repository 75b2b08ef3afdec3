import { seededRandom } from '../../../src/core/seeded-random';
import {
  decide,
  type Evidence,
  fitConfidence,
  oursProbability,
  probability,
  type Sample,
} from '../../../src/nlu/confidence';

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
const foreignEvidence: Evidence = { ...evidence(-1), knownWords: 0, ownCosine: 0 };

it('grows with the margin and stays a probability', () => {
  const values = [-1, -0.5, 0, 0.5, 1].map((top) => probability(confidence, evidence(top)));
  expect([...values].sort((a, b) => a - b)).toEqual(values);
  expect(values.every((p) => p >= 0 && p <= 1)).toBe(true);
});
it('decides by two thresholds', () => {
  const { answer, refuse } = confidence;
  expect(decide(confidence, answer, refuse)).toBe('answer');
  expect(decide(confidence, answer - 0.001, refuse)).toBe('clarify');
  expect(decide(confidence, 1, refuse - 0.001)).toBe('not_understood');
});
it('refuses at most the share of its own rows that it may', () => {
  const inScope = samples.filter((s) => s.inScope);
  for (const refused of [0, 0.05, 0.2]) {
    const fitted = fitConfidence(samples, { wrong: 0.1, fewestAsked: 0, mostAsked: 1, refused });
    const below = inScope.filter((s) => oursProbability(fitted, s.evidence) < fitted.refuse).length;
    expect(below).toBe(Math.floor(refused * inScope.length));
  }
});
it('tells a message torn between two intents from one that is not ours', () => {
  const torn = (i: number): Sample => ({
    row: i,
    evidence: { ...evidence(0.5), second: 0.45, outside: -0.9 },
    right: i % 2 === 0,
    inScope: true,
    first: 0,
  });
  const foreign = (i: number): Sample => ({
    row: i,
    evidence: { ...evidence(0.1), outside: 0.6, knownWords: 0.4 },
    right: false,
    inScope: false,
    first: 0,
  });
  const both = [...samples, ...Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? foreign(i) : torn(i)))];
  const fitted = fitConfidence(both);
  expect(probability(fitted, torn(0).evidence)).toBeLessThan(0.75);
  expect(oursProbability(fitted, torn(0).evidence)).toBeGreaterThan(0.9);
  expect(oursProbability(fitted, foreign(0).evidence)).toBeLessThan(0.5);
});
it('refuses nothing when it was shown nothing out of scope', () => {
  const fitted = fitConfidence(samples.filter((s) => s.inScope));
  expect(decide(fitted, 0, oursProbability(fitted, foreignEvidence))).toBe('clarify');
});
it('answers as much as its limit of wrong answers allows', () => {
  const wrongShare = (wrong: number) => {
    const fitted = fitConfidence(samples, { wrong, fewestAsked: 0, mostAsked: 1, refused: 0 });
    const inScope = samples.filter((s) => s.inScope);
    const answered = inScope.filter((s) => decide(fitted, probability(fitted, s.evidence), 1) === 'answer');
    return { wrong: answered.filter((s) => !s.right).length / inScope.length, answered: answered.length };
  };
  for (const limit of [0.01, 0.05, 0.1]) expect(wrongShare(limit).wrong).toBeLessThanOrEqual(limit);
  expect(wrongShare(0.1).answered).toBeGreaterThan(wrongShare(0.01).answered);
});
it('does without samples', () => {
  expect(probability(fitConfidence([]), evidence(1))).toBeGreaterThanOrEqual(0);
});
