import stemmer = require('natural/lib/natural/stemmers/porter_stemmer');

/** The sentence's edge has the number 0, and no word. */
export const edge = 0;
const unknown = -1;
const remembered = 20000;
/** Longer words are taken as they are. */
const longestStemmed = 40;

/** Numbers of word stems. What was asked once is remembered, so that a message rarely needs the stemmer. */
export class Stems {
  private readonly numbers = new Map<string, number>();
  private readonly memory = new Map<string, number>();

  constructor(stems: readonly string[] = []) {
    this.numbers.set('', edge);
    for (const stem of stems) if (!this.numbers.has(stem)) this.numbers.set(stem, this.numbers.size);
  }

  get size(): number {
    return this.numbers.size;
  }

  get list(): string[] {
    return [...this.numbers.keys()];
  }

  /** The word's number, given now if it has none. */
  learn(word: string): number {
    const stem = stemOf(word);
    let number = this.numbers.get(stem);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(stem, number);
    }
    return number;
  }

  /** The word's number, or -1. */
  of(word: string): number {
    let number = this.memory.get(word);
    if (number === undefined) {
      number = this.numbers.get(stemOf(word)) ?? unknown;
      if (this.memory.size >= remembered) this.memory.clear();
      this.memory.set(word, number);
    }
    return number;
  }
}

const stems = new Map<string, string>();

function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = word.length > longestStemmed ? word : stemmer.stem(word);
    if (stems.size >= remembered) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}
