import { type SparseRows, trainLinearSvm } from '../../../src/nlu/linear-svm';

/** Rows of one feature each: feature 0 means class 0, feature 1 class 1, feature 2 neither. */
const ids = [0, 1, 2, 0, 1, 2];
const rows: SparseRows = {
  start: Int32Array.from([0, 1, 2, 3, 4, 5, 6]),
  ids: Int32Array.from(ids),
  values: new Float32Array(6).fill(1),
};
const labels = Int32Array.from([0, 1, -1, 0, 1, -1]);
const margin = (model: ReturnType<typeof trainLinearSvm>, feature: number, k: number) =>
  (model.weights[feature * 2 + k] as number) * (model.scale[feature] as number) + (model.bias[k] as number);

it('separates what can be separated and leaves negatives of all below zero', () => {
  const model = trainLinearSvm(rows, labels, 2, 3);
  expect(margin(model, 0, 0)).toBeGreaterThan(0);
  expect(margin(model, 0, 1)).toBeLessThan(0);
  expect(margin(model, 1, 1)).toBeGreaterThan(0);
  expect(margin(model, 2, 0)).toBeLessThan(0);
  expect(margin(model, 2, 1)).toBeLessThan(0);
});

it('is the same every time', () => {
  expect(trainLinearSvm(rows, labels, 2, 3)).toEqual(trainLinearSvm(rows, labels, 2, 3));
});
