import { Spelling } from '../../../src/nlu/spelling';

const spelling = new Spelling(
  new Map([
    ['password', 40],
    ['passport', 0],
    ['authenticator', 12],
    ['phone', 30],
    ['replace', 4],
    ['github', 0],
    ['okta', 0],
    ['lost', 50],
    ['cost', 0],
  ]),
);

describe('Spelling', () => {
  it.each([
    ['pasword', 'password'],
    ['passwrod', 'password'],
    ['athenticater', 'authenticator'],
    ['phoen', 'phone'],
  ])('puts %s right', (typo, word) => {
    expect(spelling.correct(typo)).toBe(word);
  });
  it.each(['github', 'okta', 'passport', 'cost'])('leaves the known word %s alone', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it.each(['replaced', 'replacing', 'phones'])('takes %s for a form of a known word', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it.each(['lst', 'qwzx', 'd-123', 'ünicode', ''])('does not guess at %s', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it('needs eight letters before it mends two slips', () => {
    expect(spelling.correct('phnoee')).toBe('phnoee');
  });
});
