import { impersonal, partsOfImpersonal } from '../../../src/core/impersonal';

test.each([
  ['mail ada.l@example.co.uk please', 'mail [e-mail] please'],
  ['account 1111-2222-3333 or 111122223333', 'account [account] or [account]'],
  ['it says https://d-123.awsapps.com/start?x=1 is down', 'it says [address] is down'],
  ['call +49 170 1234567 now', 'call [number] now'],
  ['ask @grace.h about it', 'ask [name] about it'],
  ['<@U0GRACE> knows', '[name] knows'],
  ['error 403 on step 2,  twice', 'error 403 on step 2, twice'],
])('%s', (said, kept) => expect(impersonal(said)).toBe(kept));

test('what is left between the marks is as it was written', () => {
  expect(partsOfImpersonal('mail [e-mail] please')).toEqual(['mail', 'please']);
  expect(partsOfImpersonal('[e-mail]')).toEqual([]);
});
