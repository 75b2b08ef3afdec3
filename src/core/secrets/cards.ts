import type { Rule } from './rule';

/** Luhn's check, over 13 to 19 digits that begin as cards do. */
function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/.test(digits)) return false;
  if (digits.startsWith('2') && !/^2[2-7]/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index]);
    if (index % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

/** As printed on cards: in fours, as American Express groups them, or in one piece; thirteen digits alone are rather a time. */
const isGrouped = (text: string): boolean =>
  /^\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}$/.test(text) ||
  /^\d{4}([ -])\d{6}\1\d{4,5}$/.test(text) ||
  /^\d{14,19}$/.test(text);

export const cardRules: readonly Rule[] = [
  {
    kind: 'card',
    only: /\d{4}[ -]?\d{4}/,
    pattern: /(?<![\d\p{L}_-])\d(?:[ -]?\d){12,18}(?![\d\p{L}_-])/gu,
    accept: (text) => isGrouped(text) && isCardNumber(text.replace(/\D/g, '')),
  },
  {
    kind: 'code',
    only: /cvv|cvc|cvv2|csc/i,
    pattern: /\b(?:cvv2?|cvc2?|csc)\b\s*(?:code|number)?\s*(?:is|:|=)?\s*(\d{3,4})(?!\d)/gi,
    group: 1,
  },
];
