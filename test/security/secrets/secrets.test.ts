import { maskSecrets } from '../../../src/core/secrets';
import { held, inRegister } from '../register';
import {
  keySamples,
  madeHarmless,
  madePasswords,
  realUtterances,
  type Sample,
  writtenHarmless,
  writtenPasswords,
} from './samples';

const escapes = ({ text, secret, kind }: Sample): boolean => {
  const masked = maskSecrets(text);
  return masked.text.includes(secret) || !masked.kinds.includes(kind);
};
const isAlarm = (text: string): boolean => maskSecrets(text).kinds.length > 0;

const keys = keySamples(60);
const passwords = [...writtenPasswords(), ...madePasswords(400)];
const harmless = [...writtenHarmless(), ...madeHarmless(2_000), ...realUtterances()];

describe('secrets in what people type', () => {
  test(inRegister('secrets.keys'), () => {
    const missed = keys.filter(escapes).map(({ shape, text }) => `${shape}: ${text}`);
    const bar = held('secrets.keys');
    expect(keys.length).toBeGreaterThanOrEqual(bar.samples);
    expect(missed.length / keys.length).toBeLessThanOrEqual(bar.missed);
  });

  test('no shape of key is let through more often than once in twenty', () => {
    for (const shape of new Set(keys.map((sample) => sample.shape))) {
      const ofShape = keys.filter((sample) => sample.shape === shape);
      expect([shape, ofShape.filter(escapes).length / ofShape.length <= 0.05]).toEqual([shape, true]);
    }
  });

  test(inRegister('secrets.passwords'), () => {
    const bar = held('secrets.passwords');
    expect(passwords.length).toBeGreaterThanOrEqual(bar.samples);
    for (const samples of [passwords, writtenPasswords()])
      expect(samples.filter(escapes).length / samples.length).toBeLessThanOrEqual(bar.missed);
  });

  test(inRegister('secrets.false-alarms'), () => {
    const bar = held('secrets.false-alarms');
    expect(harmless.length).toBeGreaterThanOrEqual(bar.samples);
    const alarms = harmless.filter(isAlarm);
    expect(alarms.length / harmless.length).toBeLessThanOrEqual(bar.alarms);
    expect(writtenHarmless().filter(isAlarm)).toEqual([]);
  });

  test('what is masked stays masked, and masks no more', () => {
    for (const { text } of [...keys, ...passwords]) {
      const once = maskSecrets(text).text;
      expect(maskSecrets(once)).toEqual({ text: once, kinds: [] });
    }
  });

  test('invisible characters inside a secret do not hide it', () => {
    for (const { text, secret } of keys.slice(0, 60)) {
      const middle = Math.floor(secret.length / 2);
      const split = `${secret.slice(0, middle)}\u200b${secret.slice(middle)}`;
      expect(maskSecrets(text.replace(secret, () => split)).text).not.toContain(secret.slice(0, middle));
    }
  });
});

describe('what a careless pattern would choke on', () => {
  const long = 60_000;
  test.each([
    ['addresses without end', 'http://'.repeat(long / 7)],
    ['quotes', '"'.repeat(long)],
    ['digits', '1'.repeat(long)],
    ['digits and blanks', '1 '.repeat(long / 2)],
    ['capitals', 'A'.repeat(long)],
    ['password again and again', 'password is '.repeat(long / 12)],
    ['dashes', '-----BEGIN '.repeat(long / 11)],
    ['letters and signs', 'a1!'.repeat(long / 3)],
    ['slashes', 'user a/'.repeat(long / 7)],
    ['blanks', `password${' '.repeat(long)}x`],
    ['schemes', 'a://b:'.repeat(long / 6)],
    ['secrets', 'secret key '.repeat(long / 11)],
    ['names of codes', 'recovery code '.repeat(long / 14)],
    ['signatures', 'X-Amz-Signature='.repeat(long / 16)],
  ])('%s', (_name, text) => {
    // Four times the length may take four times as long; a pattern that goes back and forth takes sixteen times.
    const cost = (words: string): number => {
      const from = process.cpuUsage();
      maskSecrets(words);
      const { user, system } = process.cpuUsage(from);
      return user + system;
    };
    const best = (words: string): number => Math.min(...Array.from({ length: 3 }, () => cost(words)));
    const noise = 30_000;
    expect(best(text)).toBeLessThan(10 * best(text.slice(0, text.length / 4)) + noise);
  });
});
