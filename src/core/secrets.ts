/** Kinds of secret the bot recognises; each has its own advice in `phrases/`. */
export const secretKinds = ['aws-key', 'password', 'code', 'token', 'private-key', 'card'] as const;
export type SecretKind = (typeof secretKinds)[number];

export interface Masked {
  text: string;
  /** In order of advice, each once. */
  kinds: SecretKind[];
}

interface Rule {
  kind: SecretKind;
  pattern: RegExp;
  /** Which part is the secret; the rest stays readable. Whole match by default. */
  group?: number;
  accept?: (secret: string, whole: string) => boolean;
}

/** Words that follow "password is" without being one. */
const notAPassword =
  /^(?:wrong|incorrect|right|correct|ok|okay|fine|good|expired|invalid|rejected|refused|lost|gone|forgotten|unknown|not|no|never|missing|needed|required|reset|changed|the|a|an|my|mine|in|on|at|for|to|of|it|and|but|or|also|still|being|too|very|always|now|known|accepted|denied|blocked|disabled|saved|stored|there|valid|longer|only|one|same|set|unset|empty|old|new|weak|strong|outdated|what|which|somewhere|working|won't|wont|doesn't|doesnt|don't|dont|isn't|isnt|can't|cant|didn't|didnt|wasn't|is|was|page|field|link|mail|email|recovery|screen|manager|policy|step|part|again|please|i|we|he|she|they|you|something|that|this|so|because|since|after|when|if|as|by|with|from|has|have|had|does|did|will|would|should|must|can|could|be|been|due|managed|kept|hidden|compromised|leaked|stolen|shared|secret|temporary|different|long|short|hard|simple|case|sensitive|stale|dead|locked|broken|failing|failed|ignored|unrecognised|unrecognized|synced|identical|recovered|handled|held|owned|controlled|provided|given|sent|printed|written|wiped|deleted|removed|probably|definitely|obviously|apparently|really|just|actually|already|perhaps|maybe|certainly|fully|100%)$/i;

/** Code-like numbers are secret only where the talk is of codes. */
const codeContext =
  /\b(?:mfa|otp|2fa|totp|one[- ]time|verification|authenticator|security|sms|token|pass)\s*-?\s*(?:code|pin|number|passcode)?|\bcodes?\b|\bpin\b|\bdigits\b/i;

/** Names with a number that people end with an exclamation mark. */
const productName =
  /^(?:windows|office|error|http|status|route|iphone|python|node|java|chrome|android|firefox|galaxy|pixel)\d+!*$/i;

const rules: readonly Rule[] = [
  {
    kind: 'private-key',
    pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
  },
  { kind: 'token', pattern: /otpauth:\/\/\S+/gi },
  {
    kind: 'token',
    pattern: /https?:\/\/\S*(?:X-Amz-Signature|X-Amz-Security-Token|SigninToken|[?&]token|[?&]otp|[?&]code)=\S*/gi,
  },
  { kind: 'token', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g },
  { kind: 'token', pattern: /\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=]{60,}/g },
  {
    kind: 'token',
    pattern: /\b(?:xox[abposr]-[A-Za-z0-9-]{10,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  },
  { kind: 'aws-key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g },
  // A secret access key is 40 characters of base64; hexadecimal digests of that length are not.
  {
    kind: 'aws-key',
    pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
    accept: (secret) => /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret),
  },
  {
    kind: 'card',
    pattern: /(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])/g,
    accept: (secret) => isCardNumber(secret.replace(/\D/g, '')),
  },
  {
    kind: 'password',
    pattern:
      /\b(?:password|passwort|passwd|passcode|passphrase|pwd|pw|pass|mdp|contraseña|senha|mot de passe|kennwort)\b\s*(?:(?:(?:is|was|ist|es|est)\b|é(?=\s))\s*:?|:|=|->|=>)\s*["'“‘`]?([^\s"'”’`]{3,})/gi,
    group: 1,
    accept: (secret) => isPasswordLike(secret),
  },
  {
    kind: 'password',
    pattern: /\b(?:pw|pwd|password|pass)\s+["'“‘`]?([^\s"'”’`]{6,})/gi,
    group: 1,
    accept: (secret) => isMixed(secret),
  },
  {
    kind: 'password',
    pattern: /\b(?:login|log in|credentials?|user(?:name)?)\b[^\n]{0,40}?\s\/\s*([^\s/]{6,})/gi,
    group: 1,
    accept: (secret) => isMixed(secret),
  },
  {
    kind: 'password',
    pattern: /\b(?:login|user|with|as)\b[^\n/]{0,24}?\b[\w.@-]+\/([^\s/]{6,})/gi,
    group: 1,
    accept: (secret) => isMixed(secret),
  },
  // A word of upper and lower case, digits and a sign looks like nothing but a password, whatever stands around it.
  {
    kind: 'password',
    pattern:
      /(?<![^\s"'“‘(])(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z][A-Za-z0-9]{4,}[!$#%&*@]+[A-Za-z0-9!$#%&*]*(?=[\s,.;)"'”’]|$)/g,
    accept: (secret) => secret.length >= 8 && !productName.test(secret),
  },
  { kind: 'code', pattern: /\bpin\b\s*(?:is|:|=)?\s*(\d{4,8})\b/gi, group: 1 },
  { kind: 'token', pattern: /\b(?:seed|secret|set-?up key)\b[^\n]{0,20}?\b([A-Z2-7]{16,64})\b/g, group: 1 },
  {
    kind: 'code',
    pattern: /(?<![\w/+-]|\w\.)\d(?:[ -]?\d)+(?![\w/-]|\.\d)/g,
    accept: (secret, whole) => isCode(secret) && codeContext.test(whole),
  },
];

/** Takes everything out that must not survive in a record, before anything is stored, logged or classified. */
export function maskSecrets(text: string): Masked {
  const kinds = new Set<SecretKind>();
  let masked = text;
  for (const { kind, pattern, group = 0, accept } of rules) {
    const whole = masked;
    masked = masked.replace(pattern, (match: string, ...rest: unknown[]) => {
      const secret = group === 0 ? match : String(rest[group - 1] ?? '');
      if (secret.includes('[removed') || (accept && !accept(secret, whole))) return match;
      kinds.add(kind);
      const at = match.lastIndexOf(secret);
      return `${match.slice(0, at)}[removed: ${kind}]${match.slice(at + secret.length)}`;
    });
  }
  return { text: masked, kinds: [...kinds] };
}

const isMixed = (secret: string): boolean =>
  /[a-z]/i.test(secret) && /\d|[^\w\s]/.test(secret.slice(0, -1)) && /\d/.test(secret);

function isPasswordLike(secret: string): boolean {
  const bare = secret.replace(/[.,;:!?)]+$/, '');
  if (bare.length < 3 || notAPassword.test(bare)) return false;
  if (/^[A-Z]{2,5}$/.test(bare)) return false;
  const [start = '', ...rest] = bare.split('-');
  if (rest.length === 1 && notAPassword.test(start) && !/\d/.test(bare)) return false;
  // A plain lower-case word after "password is" is more often part of the sentence than a password.
  return /\d/.test(bare) || /[^\w\s'-]/.test(bare) || /[a-z][A-Z]|^[A-Z].*[A-Z]/.test(bare) || bare.length >= 12;
}

/** Six or eight digits, several codes in a row included; account ids and telephone numbers are grouped otherwise. */
function isCode(digits: string): boolean {
  const groups = digits.split(/[ -]/).map((group) => group.length);
  const whole = groups.every((length) => length === 6 || length === 8);
  return whole || (groups.length === 2 && groups.every((length) => length === 3));
}

/** Luhn's check, over 13 to 19 digits that begin as cards do. */
function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[3-6]/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index]);
    if (index % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
