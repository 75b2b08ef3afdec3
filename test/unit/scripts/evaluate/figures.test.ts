import { interval } from '../../../../scripts/evaluate/bootstrap';
import { calibration } from '../../../../scripts/evaluate/calibration';
import { effort } from '../../../../scripts/evaluate/effort';
import { confusions, figures, type Judgement, perIntent } from '../../../../scripts/evaluate/figures';
import { fewerRows } from '../../../../scripts/evaluate/learning-curve';
import { auroc } from '../../../../scripts/evaluate/numbers';
import { reliabilityPlot } from '../../../../scripts/evaluate/plots';
import { withTypos } from '../../../../scripts/evaluate/typos';
import { seededRandom } from '../../../../src/core/seeded-random';

const judgement = (wanted: string, forced: string, decision: string, more: Partial<Judgement> = {}): Judgement => ({
  row: { text: `${wanted} ${forced}`, intent: wanted },
  intent: decision === 'not_understood' ? 'oos' : forced,
  forced,
  decision,
  sure: 0.5,
  ours: 0.5,
  ranked: [forced, wanted],
  alternatives: [forced, wanted],
  accountType: null,
  ...more,
});
const judged = [
  judgement('a', 'a', 'answer', { ours: 0.9 }),
  judgement('a', 'b', 'clarify', { ours: 0.8 }),
  judgement('b', 'a', 'answer', { ours: 0.3 }),
  judgement('b', 'b', 'not_understood', { ours: 0.2 }),
  judgement('oos', 'a', 'not_understood', { ours: 0.1 }),
  judgement('oos', 'a', 'answer', { ours: 0.4 }),
];

it('counts what is right, refused and answered wrongly', () => {
  expect(figures(judged)).toMatchObject({
    forced_accuracy: 0.5,
    in_scope_accuracy: 0.25,
    oos_recall: 0.5,
    oos_precision: 0.5,
    right_or_asked: 0.5,
    confidently_wrong: 0.25,
    oos_not_answered: 0.5,
    oos_auroc: 0.75,
  });
});
it('gives precision and recall of each intent, and the confused pairs', () => {
  expect(perIntent(judged).a).toEqual({ rows: 2, recall: 0.5, precision: 0.3333 });
  expect(confusions(judged)).toContainEqual({ pair: 'oos → a', rows: 1 });
});
it('takes what is also accepted for right', () => {
  const both = judgement('a', 'b', 'answer', { row: { text: '', intent: 'a', also: ['b'] } });
  expect(figures([both]).forced_accuracy).toBe(1);
});
it.each([
  [[2, 3], [0, 1], 1],
  [[0, 1], [2, 3], 0],
  [[1], [1], 0.5],
  [[], [1], null],
])('AUROC of %j over %j is %p', (inside, outside, expected) => {
  expect(auroc(inside, outside)).toBe(expected);
});
it('measures how far confidence is off', () => {
  const { ece, bins } = calibration([
    { sure: 0.95, right: true },
    { sure: 0.95, right: false },
    { sure: 0.05, right: false },
    { sure: 1, right: true },
  ]);
  expect(ece).toBeCloseTo((3 / 4) * Math.abs(2.9 / 3 - 2 / 3) + 0.05 / 4, 3);
  expect(bins.map((bin) => bin.rows)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
  expect(calibration([]).ece).toBeNull();
});
it('draws a dot for each filled bin', () => {
  const svg = reliabilityPlot(
    'a < b',
    calibration([
      { sure: 0.95, right: true },
      { sure: 0.05, right: false },
    ]),
  );
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain('a &lt; b');
});
it('gives an interval that holds the share, and the same one each time', () => {
  const hits = Array.from({ length: 200 }, (_, i) => i % 5 !== 0);
  const [low, high] = interval(hits) as [number, number];
  expect(low).toBeLessThan(0.8);
  expect(high).toBeGreaterThan(0.8);
  expect(high - low).toBeLessThan(0.15);
  expect(interval(hits)).toEqual([low, high]);
  expect(interval([])).toBeNull();
});
it('counts the effort of each way of asking', () => {
  expect(effort(judged)).toEqual({
    shipped: (0 + 1 + 5 + 3) / 4,
    offering_two: (0 + 1 + 5 + 3) / 4,
    offering_three: (0 + 1 + 5 + 3) / 4,
    always_answering: (0 + 5 + 5 + 0) / 4,
    always_asking: 1,
  });
});
it('makes the same slips from the same seed, one letter each', () => {
  const typed = withTypos('forgot my password', 1, seededRandom(4));
  expect(typed).not.toBe('forgot my password');
  expect(Math.abs(typed.length - 18)).toBeLessThanOrEqual(1);
  expect(withTypos('forgot my password', 1, seededRandom(4))).toBe(typed);
  expect(withTypos('a b', 2, seededRandom(4))).toBe('a b');
});
it('takes fewer rows of each intent and all that are out of scope', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    text: `${i}`,
    intent: ['a', 'b', 'oos', 'oos'][i % 4] as string,
  }));
  const some = fewerRows(rows, () => 3);
  expect(['a', 'b', 'oos'].map((intent) => some.filter((row) => row.intent === intent).length)).toEqual([3, 3, 20]);
});
