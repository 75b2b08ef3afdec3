import { saidOutcome } from '../../../src/dialogue/outcome-words';

test.each([
  'thx that worked',
  'ok cool, it works now!!',
  'im back in, thank you so much',
  'the second one did the trick',
  'that fixed it',
])('%s: it is solved', (text) => expect(saidOutcome(text)).toBe('solved'));

test.each([
  'actually no it didnt',
  'sorry, it doesnt work',
  'nope still the same thing',
  'tried both, no luck',
  'i dont know',
  'not sure tbh',
  'still not working for me',
  'unfortunately that did not help',
])('%s: it is not', (text) => expect(saidOutcome(text)).toBe('not_solved'));

test.each([
  'it worked until yesterday',
  'it works for my colleague',
  'does it work without the app?',
  'what is iam',
  'my password was refused',
  '',
  'the page works but the code never comes and then it asks me to start again from the beginning each time',
])('%s: it says neither', (text) => expect(saidOutcome(text)).toBeNull());
