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
    ['lst', 'lost'],
  ])('puts %s right', (typo, word) => {
    expect(spelling.correct(typo)).toBe(word);
  });
  it.each(['github', 'okta', 'passport', 'cost'])('leaves the known word %s alone', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it.each(['replaced', 'replacing', 'phones'])('takes %s for a form of a known word', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it.each(['lxs', 'qwzx', 'd-123', 'ünicode', ''])('does not guess at %s', (word) => {
    expect(spelling.correct(word)).toBe(word);
  });
  it('mends two slips in six letters only towards a word of training with the same first letter', () => {
    expect(spelling.correct('phnoee')).toBe('phone');
    expect(spelling.correct('gihtbu')).toBe('gihtbu');
    expect(spelling.correct('hpnoee')).toBe('hpnoee');
    expect(spelling.correct('phnee')).toBe('phnee');
  });
  it('takes a swap of letters before other slips', () => {
    const near = new Spelling(
      new Map([
        ['you', 90],
        ['your', 9],
      ]),
    );
    expect(near.correct('yoru')).toBe('your');
  });
  it('takes three letters for a slip only when they were swapped or one is missing', () => {
    const short = new Spelling(
      new Map([
        ['the', 90],
        ['new', 9],
        ['have', 9],
      ]),
    );
    expect(['hte', 'hve', 'nqw', 'gcp'].map((word) => short.correct(word))).toEqual(['the', 'have', 'nqw', 'gcp']);
  });
});
