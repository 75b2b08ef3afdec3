/**
 * From what a person typed to plain lower-case words. Everything that reads utterances, in training and at run time,
 * goes through here, so that both see the same words.
 */

/** Characters read of one message; what follows is ignored, so that pasted logs cost no more than a long letter. */
export const maximumLength = 2000;

const plain = /^[\x20-\x7e]*$/;
/** Zero-width and direction marks, soft hyphen, byte order mark, variation selectors: invisible, so removed without a gap. */
const invisible = new RegExp(
  `[${['\\u00ad', '\\u034f', '\\u061c', '\\u115f\\u1160', '\\u180e', '\\u200b-\\u200f', '\\u202a-\\u202e', '\\u2060-\\u206f', '\\ufe00-\\ufe0f', '\\ufeff'].join('')}]`,
  'g',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed here
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const apostrophes = /[\u2018\u2019\u201b\u02bc\u2032\u0060\u00b4\uff07]/g;
const doubleQuotes = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** The text as typed, made printable: NFKC, no invisible or control characters, plain quotes and dashes, single spaces. */
export function clean(text: string): string {
  let result = text.length > maximumLength ? text.slice(0, maximumLength) : text;
  if (!plain.test(result)) {
    result = result
      .replace(invisible, '')
      .replace(apostrophes, "'")
      .normalize('NFKC')
      .replace(control, ' ')
      .replace(doubleQuotes, '"')
      .replace(dashes, '-')
      .replace(/\s+/g, ' ');
    if (result.length > maximumLength) result = result.slice(0, maximumLength);
  } else if (result.includes('  ')) {
    result = result.replace(/ {2,}/g, ' ');
  }
  return result.trim();
}

/** Contractions that carry meaning as one word; their `'s` is not a possessive. */
const joined = new Set([
  'it',
  'what',
  'where',
  'that',
  'who',
  'how',
  'there',
  'here',
  'when',
  'why',
  'let',
  'he',
  'she',
]);
const marks = /[\u0300-\u036f]/g;
const letterOrDigit = /[\p{L}\p{N}\p{M}]/u;

function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return letterOrDigit.test(String.fromCharCode(code));
}

/** Long numbers say only that they are numbers: 12 digits (an account id) stay apart from other lengths. */
function withoutDigits(word: string): string {
  if (word.length < 4) return word;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 48 || code > 57) return word;
  }
  return word.length === 12 ? '000000000000' : '0000';
}

/**
 * Lower-case words of a cleaned text. Apostrophes close up ("can't" and "cant" are one word, "cannot" joins them), a
 * possessive `'s` is dropped, accents are folded, every other sign separates words.
 * @param breaks is given the places of words that a comma, a dash or another sign of a pause stands before
 */
export function words(cleaned: string, breaks?: number[]): string[] {
  let text = cleaned.toLowerCase();
  if (!plain.test(text)) text = text.normalize('NFKD').replace(marks, '').normalize('NFKC');
  const found: string[] = [];
  let start = -1;
  let paused = false;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && isWordCode(text.charCodeAt(i))) {
      if (start < 0) {
        start = i;
        if (paused) breaks?.push(found.length);
        paused = false;
      }
      continue;
    }
    if (isPause(text, i)) paused = true;
    if (start < 0) continue;
    let word = text.slice(start, i);
    start = -1;
    if (text.charCodeAt(i) === 39 && i + 1 < text.length && isWordCode(text.charCodeAt(i + 1))) {
      let end = i + 1;
      while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
      const tail = text.slice(i + 1, end);
      if (tail !== 's' || joined.has(word)) word += tail;
      if (isPause(text, end)) paused = true;
      i = end;
    }
    found.push(canonical(withoutDigits(word)));
  }
  return found;
}

/** A comma, a colon, a bracket; or a dash or full stop with a space beside it. */
function isPause(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  if (code === 45 || code === 46) return text.charCodeAt(i + 1) === 32 || text.charCodeAt(i + 1) === code;
  return code === 44 || code === 58 || code === 59 || code === 33 || code === 63 || code === 40 || code === 41;
}

function canonical(word: string): string {
  return word === 'cannot' ? 'cant' : word;
}
