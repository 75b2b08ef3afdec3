import type { MissedWords } from '../core/turn-facts';
import { groupAlike } from '../insight/groups';
import type { Model } from '../nlu';
import { Vectoriser } from '../nlu/features';

export interface WordGroup {
  /** What most of them might have been, by the classifier's own order; null where it had no idea. */
  suggested: string | null;
  words: MissedWords[];
}

/** Words that may mean the same, by the features that understanding uses too; biggest group first. */
export function groupWords(model: Model, words: readonly MissedWords[]): WordGroup[] {
  const readings = words.map(({ text }) => model.reading(text));
  if (readings.length === 0) return [];
  const { start, ids, values } = Vectoriser.fit(readings).transformAll(readings);
  const rows = words.map((_, row) => {
    const vector = new Map<number, number>();
    let squares = 0;
    for (let place = start[row]!; place < start[row + 1]!; place++) {
      vector.set(ids[place]!, values[place]!);
      squares += values[place]! ** 2;
    }
    return { vector, length: Math.sqrt(squares) };
  });
  const likeness = (a: number, b: number): number => {
    const [one, two] = [rows[a]!, rows[b]!];
    if (one.length === 0 || two.length === 0) return 0;
    const [small, big] = one.vector.size < two.vector.size ? [one.vector, two.vector] : [two.vector, one.vector];
    let sum = 0;
    for (const [id, value] of small) sum += value * (big.get(id) ?? 0);
    return sum / (one.length * two.length);
  };
  return groupAlike(words, likeness).map((group) => ({ suggested: suggestion(group), words: group }));
}

function suggestion(words: readonly MissedWords[]): string | null {
  const votes = new Map<string, number>();
  for (const { candidates } of words) {
    const first = candidates.find(({ intent }) => !intent.startsWith('act.'));
    if (first) votes.set(first.intent, (votes.get(first.intent) ?? 0) + first.confidence);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
