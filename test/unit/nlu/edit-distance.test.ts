import * as fc from 'fast-check';
import { editDistance } from '../../../src/nlu/edit-distance';

describe('editDistance', () => {
  it.each([
    ['login', 'login', 0],
    ['lgoin', 'login', 1],
    ['pasword', 'password', 1],
    ['athenticater', 'authenticator', 2],
  ])('%s to %s is %i', (a, b, expected) => {
    expect(editDistance(a, b, 2)).toBe(expected);
  });
  it('gives up beyond the limit', () => {
    expect(editDistance('root', 'password', 2)).toBe(3);
  });
  it('is the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 2) === editDistance(b, a, 2)));
  });
});
