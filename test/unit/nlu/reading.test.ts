import { buildLexicon } from '../../../src/nlu/lexicon';
import { clean, words } from '../../../src/nlu/normalise';
import { readingOf } from '../../../src/nlu/reading';
import { entities } from './small-training';

const lexicon = buildLexicon(entities);
function read(text: string) {
  const breaks: number[] = [];
  return readingOf(lexicon, words(clean(text), breaks), breaks);
}

it('makes one word of many and keeps what was typed', () => {
  const { words: typed, concepts } = read('sign in with yubi key');
  expect(typed).toEqual(['sign', 'in', 'with', 'yubi', 'key']);
  expect(concepts).toEqual(['login', 'with', 'securitykey']);
});
it('shows no letters of what works', () => {
  expect(read('password works, phone gone').letters).toEqual(['works', 'phone', 'gone']);
});
it.each([
  ['gitlab 2fa lost', ['alone_otherproduct', 'lost_mfa']],
  ['okta password', ['alone_idp']],
  ['okta password for aws', []],
  ['boto3 timeout', ['alone_clitool']],
])('marks in %s what stands there without AWS', (text, marks) => {
  expect(read(text).marks).toEqual(marks);
});
it('tells tools, strangers and clauses', () => {
  expect(read('terraform on aws says denied')).toMatchObject({ tool: 1, foreign: 1, alone: 0, clauses: 0 });
  expect(read('hello, my root password is lost: help')).toMatchObject({
    tool: 0,
    foreign: 0,
    clauses: 2,
    lost: 1,
    ok: 0,
  });
});
