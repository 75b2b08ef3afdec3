import type { Rule } from './rule';

/** Words around a one-time code, in the languages the bot speaks or recognises. Numbers are secret only near one. */
const codeWords =
  /(?<![\p{L}\p{N}])(?:mfa|otp|2fa|totp|tan|one[- ]time|verification|authenticator|passcode|token|pin|digits|sms|codes?|códigos?|codigos?|chiffres|cifras|cifre|ziffern|zahlencode|codici|codice|cijfers|kod|kodu|kody|kodum|doğrulama)(?![\p{L}\p{N}])|code[sn]?(?![\p{L}])|код|коды|кода|验证码|驗證碼|代码|コード|認証|番号|코드|인증|번호|رمز|كود|קוד|कोड|ओटीपी|κωδικ|รหัส/iu;

/** Six or eight digits, several codes in a row included; account ids and telephone numbers are grouped otherwise. */
function isCode(digits: string): boolean {
  const groups = digits.split(/[ -]/).map((group) => group.length);
  const whole = groups.every((length) => length === 6 || length === 8);
  return whole || (groups.length === 2 && groups.every((length) => length === 3));
}

/** A day written as eight digits (20261123) names when, not what. */
const isDate = (digits: string): boolean =>
  /^(?:199\d|20[0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits);

/** What else six or eight digits are often the number of. */
const otherNumber =
  /(?:ticket|case|invoice|order|request|rows?|lines?|port|build|version|error|incident|zip|postal|room|employee|user id|kundennummer|rechnung|bestellung|factura|pedido|facture|commande|#)\s*(?:number|no\.?|nr\.?|id|code|is|:|=|#)?\s*$/i;

export const codeRules: readonly Rule[] = [
  { kind: 'code', only: /pin/i, pattern: /\bpin\b\s*(?:code)?\s*(?:is|was|:|=|->)?\s*(\d{4,8})(?!\d)/gi, group: 1 },
  // Recovery codes of accounts: groups of letters and digits, said to be such.
  {
    kind: 'code',
    only: /recovery|backup|back-up|rescue/i,
    pattern:
      /\b(?:recovery|back-?up|rescue)[ _-](?:code|key)s?\b[^\n]{0,30}?(?<![\w-])((?=[a-z0-9-]*\d)[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){1,7}|(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,32})(?![\w-])/gi,
    group: 1,
  },
  {
    kind: 'code',
    only: /\d{3}[ -]?\d{3}/,
    pattern: /(?<![\p{L}\p{N}_/+.-]|\d[.,])\d(?:[ -]?\d){5,40}(?![\p{L}\p{N}_/-]|[.,]\d)/gu,
    accept: (secret) => isCode(secret),
  },
];

/** Whether digits stand where codes are talked of: the words around decide, not the digits. */
export function isInCodeTalk(secret: string, whole: string, at: number): boolean {
  if (isDate(secret)) return false;
  if (otherNumber.test(whole.slice(Math.max(0, at - 40), at))) return false;
  return codeWords.test(whole);
}

const anyCase = (words: string): string => words.replace(/\p{Ll}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
const seedNames = anyCase(
  'seed|secret|set-?up (?:key|code)|manual (?:entry )?key|enrol?ment key|authenticator key|mfa key|otp key|schlüssel|semilla|clave secreta|clé secrète|chave secreta|seme|ключ',
);

/** An enrolment's key, typed out: base32, in one piece or in groups of four. */
export const seedRules: readonly Rule[] = [
  {
    kind: 'seed',
    only: /seed|secret|set-?up|setup|key|schlüssel|clave|clé|chave|semilla|seme|ключ|密钥|キー/i,
    pattern: new RegExp(
      `(?:${seedNames}|密钥|キー)[^\\n]{0,24}?(?<![A-Za-z0-9])((?:[A-Z2-7]{4}[ -]?){3,25}[A-Z2-7]{1,4}={0,6}|[A-Z2-7]{16,104}={0,6}|[a-z2-7]{16,104}={0,6})(?![A-Za-z0-9])`,
      'gu',
    ),
    group: 1,
    accept: (secret) => {
      const bare = secret.replace(/[ =-]/g, '');
      const isOneCase = bare === bare.toUpperCase() || (bare === bare.toLowerCase() && /[2-7]/.test(bare));
      return bare.length >= 16 && isOneCase;
    },
  },
];
