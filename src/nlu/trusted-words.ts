import type { Lexicon } from './lexicon';
import { Spelling } from './spelling';

/**
 * Words that are taken as meant: those of two or more rows, common English, and the lexicon's. A word of a single row
 * stays known too unless it is one slip away from a trusted word: then it is a typo somebody put there on purpose.
 */
export function trustedWords(
  read: readonly string[][],
  lexicon: Lexicon,
  common: readonly string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of read) for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const trusted = new Map<string, number>();
  const commonSet = new Set(common);
  for (const [word, count] of counts) {
    if (count >= 2 || commonSet.has(word) || lexicon.words.has(word)) trusted.set(word, count);
  }
  for (const word of [...common, ...lexicon.words]) if (!trusted.has(word)) trusted.set(word, 0);
  const probe = new Spelling(trusted);
  for (const [word, count] of counts) if (!trusted.has(word) && probe.correct(word) === word) trusted.set(word, count);
  return trusted;
}
