import * as fc from 'fast-check';
import { createUnderstander, loadOrTrain } from '../../../src/nlu';
import { entities, languages, rows } from './small-training';

const { model } = loadOrTrain({ rows, entities });
const understander = createUnderstander(model, { entities, languages });
const understand = understander.understand;

describe('understand', () => {
  it('answers what it was taught, typos and all', () => {
    expect(understand('forgott my pasword')).toMatchObject({
      intent: 'password.forgot',
      decision: 'answer',
      language: 'en',
    });
    expect(understand('lost my fone... no mfa codes')).toMatchObject({ intent: 'mfa.lost' });
  });
  it('finds the account type along the way', () => {
    expect(understand('my iam user: lost my phone, no mfa')).toMatchObject({ intent: 'mfa.lost', account_type: 'iam' });
    expect(understand('not root. lost my phone').account_type).toBeNull();
  });
  it('does not take what is out of scope', () => {
    for (const text of ['football tomorrow', 'terraform timeout', 'zxcv', ''])
      expect(understand(text).decision).not.toBe('answer');
    expect(understand('')).toMatchObject({ intent: 'oos', decision: 'not_understood' });
  });
  it('lets a known AWS error text decide', () => {
    expect(understand('help!! "Password recovery is disabled" what is that')).toMatchObject({
      intent: 'password.forgot',
      account_type: 'root',
      decision: 'answer',
      entities: { error: 'password_recovery_disabled', organization_member: true },
    });
  });
  it('takes no error text for settled that a command line shows', () => {
    expect(understand('terraform: "Password recovery is disabled"').confidence).toBeLessThan(0.97);
  });
  it('understands an announced second problem', () => {
    const both = understand('forgot my password. Also, please change our credit card');
    expect(both.intent).toBe('password.forgot');
    expect(both.also).toMatchObject({ intent: 'account.manage', text: 'please change our credit card' });
  });
  it('does not make two problems of one', () => {
    expect(understand('lost my phone and unable to log in to aws').also).toBeUndefined();
    expect(understand('forgot my password. need to reset the password').also).toBeUndefined();
  });
  it('offers two or three problems where it is not sure, best first', () => {
    for (const text of ['password card', 'my token password', 'account login', 'phone password account']) {
      const { decision, alternatives, intent, confidence } = understand(text);
      const order = alternatives.map((a) => a.confidence);
      expect([...order].sort((a, b) => b - a)).toEqual(order);
      if (decision === 'clarify') expect(alternatives.length).toBeLessThanOrEqual(3);
      if (decision !== 'not_understood') expect(alternatives[0]).toEqual({ intent, confidence });
    }
  });
  it('names another language', () => {
    expect(understand('he olvidado mi contraseña').language).toBe('es');
  });
});

describe('entities and correct', () => {
  it('reads an answer to a question', () => {
    expect(understander.entities('iam i think')).toEqual({ account_type: 'iam' });
    expect(understander.entities('https://d-1234567890.awsapps.com/start')).toMatchObject({
      account_type: 'identity_center',
    });
  });
  it('corrects spelling', () => {
    expect(understander.correct('I forgott the PASWORD!')).toBe('i forgot the password');
  });
});

describe('any text at all', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          'root',
          'iam',
          'lost',
          'my',
          'not',
          'password',
          '.',
          'and',
          'also',
          '111122223333',
          "can't",
          '\u200b',
          'é',
          '日本',
        ),
      )
      .map((a) => a.join(' ')),
  );
  it('is understood or refused, never thrown at, and always the same way', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const first = understand(text);
        expect(first.confidence).toBeGreaterThanOrEqual(0);
        expect(first.confidence).toBeLessThanOrEqual(1);
        expect(first.intent === 'oos').toBe(first.decision === 'not_understood');
        expect(first.account_type).toBe(first.entities.account_type ?? null);
        expect(understand(text)).toEqual(first);
        understander.entities(text);
        understander.correct(text);
      }),
    );
  });
  it('may be ten thousand characters', () => {
    for (const piece of ['lost my phone. ', 'a', '😀', ' ', 'root and iam and ', 'qwertyuiopasdfghjkl ']) {
      expect(() => understand(piece.repeat(10000 / piece.length))).not.toThrow();
    }
  });
});
