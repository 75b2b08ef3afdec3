import * as fc from 'fast-check';
import { clean, maximumLength, words } from '../../../src/nlu/normalise';

describe('clean', () => {
  it('makes typographic quotes and dashes plain', () => {
    expect(clean('“can’t” – ok')).toBe('"can\'t" - ok');
  });
  it('removes invisible characters without leaving a gap', () => {
    expect(clean('pass\u200bword\u00ad')).toBe('password');
  });
  it('turns control characters into spaces', () => {
    expect(clean('lost\u0000my\r\nphone')).toBe('lost my phone');
  });
  it('reads full-width letters', () => {
    expect(clean('ＡＷＳ')).toBe('AWS');
  });
  it('never returns more than the cap, whatever normalising does to the length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => clean(text).length <= maximumLength),
    );
  });
});

describe('words', () => {
  it.each([
    ["I can't log in", ['i', 'cant', 'log', 'in']],
    ['I cannot log in', ['i', 'cant', 'log', 'in']],
    ["the account's root", ['the', 'account', 'root']],
    ["it's broken", ['its', 'broken']],
    ['sign-in, e-mail', ['sign', 'in', 'e', 'mail']],
    ['contraseña', ['contrasena']],
    ['id 111122223333 error 403, code 482913', ['id', '000000000000', 'error', '403', 'code', '0000']],
    ['', []],
    ['😀 !!!', []],
  ])('%s', (text, expected) => {
    expect(words(clean(text))).toEqual(expected);
  });
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(words(clean(text)))));
  });
});

describe('pauses', () => {
  it.each<[string, number[]]>([
    ['password ok, phone gone', [2]],
    ["can't, won't - really (no)", [1, 2, 3]],
    ['e-mail at a.b.com is fine. thanks!', [8]],
    ['one two', []],
  ])('stand in %s before the words %j', (text, places) => {
    const breaks: number[] = [];
    words(clean(text), breaks);
    expect(breaks).toEqual(places);
  });
});
