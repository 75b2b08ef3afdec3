import { isWord, ordinaryWords, passwordName, tellingEnd } from './password-words';
import type { Rule } from './rule';

/** Names with a number that people end with an exclamation mark. */
const productName =
  /^(?:windows|office|error|http|status|route|iphone|python|node|java|chrome|android|firefox|galaxy|pixel|ipad|macos|ios)\d+!*$/i;

/** How banks print who took the money: `Mktp*2K4…`. */
const statement = /^[A-Za-z]+\*[A-Z0-9]+$/;

const quotes = `"'“”„‘’«»\`「」『』`;
const mayName = new RegExp(`${passwordName}`, 'iu');
/** What may stand between the name and what is said of it: "for aws", "of my account", "(the old one)", "1". */
const between = `["'”]?(?:\\s+(?:μου|שלי|1|2|3|no\\. ?\\d)(?=\\s)|\\s*\\([^()\\n]{1,20}\\))?(?:\\s+(?:for|of|on|to|at|in|für|von|vom|para|de|del|da|do|du|pour|voor|van|di|для|auf|i|we|you|have|use|used|set|typed|tried|chose|put|gave|entered)\\s+[\\p{L}\\p{N}._'-]{1,24}(?:\\s+(?!${isWord})[\\p{L}\\p{N}._'-]{1,24}){0,3}?)?`;
const filler = `(?:(?:just|still|now|probably|only|currently|actually|always|simply|noch|jetzt|immer noch|ahora|maintenant|toujours|agora|ancora|nog|this|this one|the following|as follows|folgendes|la siguiente|le suivant|set to|called|literally)\\s*:?\\s+)?`;
const sign = '(?::|：|=|->|=>|→)';
/** Letters that make one word of what stands beside a name; Chinese and its like write without spaces. */
const before = '(?<![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}_])';
const name = `${before}(?:${passwordName})(?![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}])`;
const says = `\\s*(?:(?:${isWord})\\s*:?|${sign})\\s*${filler}`;
const secret = `([^\\s${quotes}]{3,200})`;

/** A word and the signs around it, as typed into a password field. */
const bareOf = (text: string): string => text.replace(/^[([{<]+/, '').replace(/[.,;:!?)\]}>…。、！？]+$/, '');

const isOrdinary = (word: string): boolean => ordinaryWords.has(word.toLowerCase());
const isMixed = (text: string): boolean => /\p{L}/u.test(text) && /\d/.test(text);

/** Said to be a password. A plain word may be one, or just go on with the sentence. */
function isSaidToBe(text: string, after: string): boolean {
  const bare = bareOf(text);
  const rest = text.slice(text.indexOf(bare) + bare.length) + after;
  if (bare.length < 3 || isOrdinary(bare) || isOrdinary(text)) return false;
  if (/^[A-Z]{2,5}$/.test(bare) || /^https?:/i.test(bare)) return false;
  if (/^\d{1,3}$/.test(bare) || /^\d{1,2}[./:-]\d/.test(bare) || /^\d{1,4}\+?$/.test(bare)) return false;
  if (
    /^\d{1,3}[- ]?(?:days?|characters?|chars?|digits?|weeks?|months?|years?|min|tage|zeichen)/i.test(
      text + after.slice(0, 12),
    )
  )
    return false;
  const parts = bare.split(/[-/'’]/);
  if (parts.length === 2 && !/\d/.test(bare) && parts.some((part) => isOrdinary(part))) return false;
  if (isMixed(bare) || /[^\p{L}\p{N}\s'’\-.,:/()…]/u.test(bare) || /\p{Ll}\p{Lu}/u.test(bare)) return true;
  if (/^\d{4,}$/.test(bare)) return true;
  return isPlainWordPassword(bare, rest);
}

/** "my password is sunshine": one lower-case word, with which the sentence ends. */
function isPlainWordPassword(bare: string, after: string): boolean {
  if (!/^[\p{L}'’-]{4,40}$/u.test(bare) || /[^\x20-\x7e]/.test(bare)) return false;
  if (bare.length >= 14) return !tellingEnd.test(bare);
  if (tellingEnd.test(bare.toLowerCase())) return false;
  return bare.length >= 5 && /^\s*(?:$|[.!?,;)\n"'”]|\b(?:and|but|und|aber|y|pero|et|mais|e|mas)\b)/i.test(after);
}

/** Between quotes it is meant literally. */
function isQuotedPassword(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (text.trim().length < 3 || words.every((word) => isOrdinary(bareOf(word)))) return false;
  return words.length === 1 || /\d/.test(text) || words.length === 4;
}

const looksTyped = (text: string): boolean => {
  const bare = bareOf(text);
  return /[a-z]/i.test(bare) && /\d/.test(bare) && bare.length >= 6 && !productName.test(bare) && !isOrdinary(bare);
};

export const passwordRules: readonly Rule[] = [
  // password is "correct horse battery staple"
  {
    kind: 'password',
    only: mayName,
    pattern: new RegExp(`${name}${between}${says}(?:["“„«「『]([^"“”„«»「」『』\\n]{3,80})["”“»」』])`, 'giu'),
    group: 1,
    accept: isQuotedPassword,
  },
  // the password "correct horse battery staple" is refused
  {
    kind: 'password',
    only: mayName,
    pattern: new RegExp(`${name}\\s*["“„«]([^"“”„«»\\n]{3,80})["”“»]`, 'giu'),
    group: 1,
    accept: (text) => isQuotedPassword(text) && (/\d/.test(text) || /\s/.test(text)),
  },
  // password is hunter2, Passwort: …, пароль …, 密码是…
  {
    kind: 'password',
    only: mayName,
    pattern: new RegExp(`${name}${between}${says}[${quotes}]?${secret}`, 'giu'),
    group: 1,
    accept: (text, _whole, after) => isSaidToBe(text, after),
  },
  // pw hunter22, with password Xy12ab, şifrem Kedi1234, пароль Лето2024
  {
    kind: 'password',
    only: mayName,
    pattern: new RegExp(`${name}[\\s(]+[${quotes}]?([^\\s${quotes}]{5,200})`, 'giu'),
    group: 1,
    accept: (text) =>
      (isMixed(bareOf(text)) || /\p{L}[!@#$%&*]+\p{L}/u.test(text)) &&
      bareOf(text).length >= 5 &&
      !isOrdinary(bareOf(text)) &&
      !/^1password/i.test(text),
  },
  // hunter2 is my password
  {
    kind: 'password',
    only: /(?:is|was|ist|es|est) (?:my|the|our|mein|das|mi|mon)/i,
    pattern: new RegExp(
      `(?<![^\\s${quotes}(])([^\\s${quotes}(]{5,80})["'”’]?\\s+(?:is|was|ist|war|es|era|est)\\s+(?:still\\s+|noch\\s+)?(?:my|the|our|mein|das|mi|la|mon|le)\\s+(?:\\p{L}{2,12}\\s+)?(?:password|passcode|passphrase|pw|pwd|passwort|kennwort|contraseña|clave|mot de passe|mdp)(?![\\p{L}\\p{N}])`,
      'giu',
    ),
    group: 1,
    accept: looksTyped,
  },
  // login ada / Xk9!pq22 · user bob pass … · admin:hunter22
  {
    kind: 'password',
    only: /\//,
    pattern:
      /\b(?:login|log in|credentials?|creds|user(?:name)?|zugangsdaten|benutzer|usuario|identifiants?)\b[^\n/]{0,40}?\s\/\s*([^\s/]{6,200})/gi,
    group: 1,
    accept: looksTyped,
  },
  {
    kind: 'password',
    only: /[/:]/,
    pattern:
      /\b(?:login|logins|creds|credentials?|user|with|as|signed in|log in)\b[^\n/:]{0,24}?:?\s?(?<![\w.@/-])[\w.@-]{2,40}[/:]([^\s/:]{6,200})/gi,
    group: 1,
    accept: (text) => looksTyped(text) && !/^\d+$/.test(text),
  },
  // A word of upper and lower case, digits and a sign looks like nothing but a password, whatever stands around it.
  {
    kind: 'password',
    only: /\d[A-Za-z0-9]{0,40}[!$#%&*@]|[!$#%&*@][A-Za-z0-9]{0,40}\d/,
    pattern: /(?<![^\s"'“‘(])[A-Za-z][A-Za-z0-9]{2,60}[!$#%&*@]+[A-Za-z0-9!$#%&*@]{0,60}(?=[\s,.;)"'”’?]|$)/g,
    accept: (text) =>
      text.length >= 8 &&
      /[a-z]/.test(text) &&
      /[A-Z]/.test(text) &&
      /\d/.test(text) &&
      !productName.test(text) &&
      !statement.test(text),
  },
];
