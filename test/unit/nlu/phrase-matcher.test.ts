import { clean, words } from '../../../src/nlu/normalise';
import { PhraseMatcher } from '../../../src/nlu/phrase-matcher';

const matcher = new PhraseMatcher<string>();
matcher.add('key', 'short');
matcher.add('key fob', 'long');
matcher.add("It's not you, it's us", 'error');

const find = (text: string) => matcher.matches(words(clean(text))).map((match) => match.value);

describe('PhraseMatcher', () => {
  it('prefers the longest phrase', () => expect(find('my key fob and a key')).toEqual(['long', 'short']));
  it('does not mind case, quotes or punctuation', () => expect(find('says “IT’S NOT YOU. its us”')).toEqual(['error']));
  it('matches whole words only', () => expect(find('keyboard')).toEqual([]));
  it('does not run past the end', () => expect(find('its not you')).toEqual([]));
});
