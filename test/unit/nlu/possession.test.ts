import * as fc from 'fast-check';
import { buildLexicon } from '../../../src/nlu/lexicon';
import { clean, words } from '../../../src/nlu/normalise';
import { holdings } from '../../../src/nlu/possession';
import { readingOf } from '../../../src/nlu/reading';
import { entities } from './small-training';

const lexicon = buildLexicon(entities);

/** The things that are said to be there, and those said to be gone. */
function held(text: string): { ok: string[]; lost: string[] } {
  const breaks: number[] = [];
  const reading = readingOf(lexicon, words(clean(text), breaks), breaks);
  const marked = (list: readonly string[], mark: string) =>
    list.filter((word) => word.startsWith(mark)).map((word) => word.slice(mark.length));
  return { ok: marked(reading.concepts, 'ok_'), lost: marked(reading.marks, 'lost_') };
}

describe('what a person has and what is gone', () => {
  it.each<[string, string[], string[]]>([
    ['password and mailbox are ok but the device with the codes is gone', ['password', 'mailbox'], ['device', 'code']],
    ['I can still read the mails, only the password is lost', ['email'], ['password']],
    ['signed in fine, only MFA missing', ['login'], ['mfa']],
    ['I have my password but not my mfa', ['password'], ['mfa']],
    ['user, password and mailbox all fine, phone stolen', ['user', 'password', 'mailbox'], ['phone']],
    ['have the yubikey in my hand yet no idea of the password', ['securitykey'], ['password']],
    ['username and password are correct, but aws rejects me', ['username', 'password'], []],
    ['mailbox works; the verification code never shows up', ['mailbox'], ['code']],
    ['able to open the inbox, nothing there', ['mailbox'], []],
    ['lost my phone and my yubikey', [], ['phone', 'securitykey']],
    ["can't open the mailbox any more", [], ['mailbox']],
    ["I don't have the phone any more", [], ['phone']],
    ['no code arrives', [], ['code']],
    ['I have lost my phone', [], ['phone']],
    ['the authenticator is not lost', [], []],
    ['I have to change my password', [], []],
    ['I have a problem with my mfa device', [], []],
    ['I have a new phone', [], []],
    ['do I have an account id', [], []],
    ['how can i read the emails', [], []],
    ['I want to have a passkey', [], []],
    ['received password reset mails', [], []],
  ])('%s', (text, ok, lost) => {
    expect(held(text)).toEqual({ ok, lost });
  });

  it('finds no more than was named, whatever the words', () => {
    const word = fc.constantFrom(
      'i',
      'have',
      'not',
      'no',
      'password',
      'phone',
      'and',
      'is',
      'fine',
      'lost',
      'but',
      'can',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.uniqueArray(fc.nat(30)), (list, pauses) => {
        const found = holdings(list, new Set(pauses));
        expect(found).toHaveLength(list.length);
        found.forEach((holding, i) => {
          if (holding) expect(['password', 'phone']).toContain(list[i]);
        });
      }),
    );
  });
});
