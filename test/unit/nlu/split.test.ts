import { areTwoProblems, possibleCuts } from '../../../src/nlu/split';

describe('possibleCuts', () => {
  it('prefers what the person announces', () => {
    expect(possibleCuts('I forgot my password, and also we must change the card')[0]).toEqual({
      left: 'I forgot my password',
      right: 'we must change the card',
      announced: true,
    });
  });
  it('cuts at sentences and at "and"', () => {
    expect(possibleCuts('my phone is gone. the bill is wrong').map((cut) => cut.right)).toEqual(['the bill is wrong']);
    expect(possibleCuts('my phone is gone and the bill is wrong').map((cut) => cut.right)).toEqual([
      'the bill is wrong',
    ]);
  });
  it('leaves short parts alone', () => {
    expect(possibleCuts('user and password are wrong')).toEqual([]);
  });
});

describe('areTwoProblems', () => {
  it.each([
    ['mfa.lost', 'account.manage', false, true],
    ['mfa.lost', 'signin.cannot_sign_in', true, false],
    ['mfa.lost', 'mfa.phone_number_changed', false, false],
    ['mfa.lost', 'mfa.phone_number_changed', true, true],
    ['mfa.lost', 'act.thanks', true, false],
    ['mfa.lost', 'mfa.lost', true, false],
  ])('%s and %s, announced %s: %s', (a, b, announced, expected) => {
    expect(areTwoProblems(a, b, announced)).toBe(expected);
  });
});
