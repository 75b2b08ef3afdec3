import { expandPatterns } from '../../../src/content/patterns';

describe('expandPatterns', () => {
  it('expands choices and names under their intent, once each', () => {
    const rows = expandPatterns('$thing = phone|token\n== mfa.lost\n[lost|broke] my $thing[ today|]\n');
    expect(new Set(rows.map((row) => row.intent))).toEqual(new Set(['mfa.lost']));
    expect(rows.every((row) => /^(lost|broke) my (phone|token)( today)?$/.test(row.text))).toBe(true);
    expect(new Set(rows.map((row) => row.text)).size).toBe(rows.length);
    expect(rows.every((row) => row.generated)).toBe(true);
  });
  it('leaves no stray spaces or commas where a choice was empty', () => {
    expect(expandPatterns('== a\nreset [|] password, []\n').map((row) => row.text)).toEqual(['reset password']);
  });
  it('gives the same rows every time', () => {
    const text = '== a\n[a|b|c|d] [e|f|g|h] [i|j|k|l]\n';
    expect(expandPatterns(text)).toEqual(expandPatterns(text));
  });
});
