import { join } from 'node:path';
import { createLanguageDetector } from '../../../src/nlu/language';
import { clean, words } from '../../../src/nlu/normalise';
import { readVocabulary } from '../../../src/understanding';

const file = readVocabulary(join(__dirname, '../../../intents')).languages;
const detect = createLanguageDetector(file);
const languageOf = (text: string) => detect(clean(text), words(clean(text)));

describe('language', () => {
  it.each([
    ['he perdido mi teléfono y no puedo entrar en la cuenta', 'es'],
    ['olvidé mi contraseña', 'es'],
    ['ich habe mein Passwort vergessen', 'de'],
    ['Handy verloren, komme nicht mehr rein', 'de'],
    ["j'ai oublié mon mot de passe", 'fr'],
    ['je ne reçois pas le code', 'fr'],
    ['esqueci minha senha da conta', 'pt'],
    ['não consigo entrar', 'pt'],
    ['パスワードを忘れました', 'ja'],
    ['AWSのMFAデバイスをなくしました', 'ja'],
    ['ho dimenticato la mia password, non riesco ad accedere', 'it'],
    ['ik ben mijn wachtwoord vergeten', 'nl'],
    ['nie mogę się zalogować, zgubiłem telefon', 'pl'],
    ['şifremi unuttum, hesabıma giremiyorum', 'tr'],
    ['я забыл пароль', 'ru'],
    ['我忘记了密码', 'zh'],
    ['비밀번호를 잊어버렸어요', 'ko'],
    ['نسيت كلمة المرور', 'ar'],
  ])('%s is %s', (text, code) => {
    expect(languageOf(text)).toBe(code);
  });

  it.each([
    'lost my phone',
    'my colleague Jürgen de la Cruz can not sign in',
    'ask María del Carmen about the mfa',
    'passwort for the root user is gone, help',
    'the error says "la cuenta está suspendida"',
    'user 田中 lost her device',
    'pw resett pls, i dont kno it',
    'no',
    'si',
    'me too',
    'mfa',
    '12345',
    '???',
    '',
    'des and el are names of our servers',
    'can’t log in, merci',
  ])('%s is English', (text) => {
    expect(languageOf(text)).toBe('en');
  });

  it('has a line to say in each language that is served so', () => {
    for (const code of ['es', 'de', 'fr', 'pt', 'ja']) {
      expect(file.languages.find((language) => language.code === code)?.line).toBeTruthy();
    }
  });
});
