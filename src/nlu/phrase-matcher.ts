import { clean, words } from './normalise';

/** Where a phrase was found: `start` inclusive and `end` exclusive are places in the list of words. */
export interface PhraseMatch<T> {
  value: T;
  start: number;
  end: number;
}

/** Finds listed phrases in a list of words; at each place the longest phrase wins. Letter case and signs do not count. */
export class PhraseMatcher<T> {
  private readonly byFirst = new Map<string, Array<{ phrase: string[]; value: T }>>();

  add(phrase: string, value: T): void {
    const parts = words(clean(phrase));
    const first = parts[0];
    if (first === undefined) return;
    const entries = this.byFirst.get(first) ?? [];
    entries.push({ phrase: parts, value });
    entries.sort((a, b) => b.phrase.length - a.phrase.length);
    this.byFirst.set(first, entries);
  }

  /** The longest phrase starting at `at`, if any. */
  matchAt(text: readonly string[], at: number): PhraseMatch<T> | undefined {
    const entries = this.byFirst.get(text[at] as string);
    if (!entries) return undefined;
    for (const { phrase, value } of entries) {
      if (at + phrase.length > text.length) continue;
      let same = true;
      for (let i = 1; i < phrase.length && same; i++) same = text[at + i] === phrase[i];
      if (same) return { value, start: at, end: at + phrase.length };
    }
    return undefined;
  }

  /** All matches from left to right, not overlapping. */
  matches(text: readonly string[]): Array<PhraseMatch<T>> {
    const found: Array<PhraseMatch<T>> = [];
    for (let i = 0; i < text.length; i++) {
      const match = this.matchAt(text, i);
      if (!match) continue;
      found.push(match);
      i = match.end - 1;
    }
    return found;
  }
}
