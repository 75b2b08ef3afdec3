import { edge, Stems } from '../../../src/nlu/stems';

it('gives forms of one word one number, and none to the unknown', () => {
  const stems = new Stems();
  const number = stems.learn('locked');
  expect(number).not.toBe(edge);
  expect(stems.learn('locking')).toBe(number);
  expect(stems.of('locks')).toBe(number);
  expect(stems.of('banana')).toBe(-1);
});
it('comes back from its list', () => {
  const stems = new Stems();
  for (const word of ['password', 'lost', 'phone']) stems.learn(word);
  const back = new Stems(stems.list);
  expect(back.size).toBe(stems.size);
  expect(back.of('phones')).toBe(stems.of('phone'));
});
