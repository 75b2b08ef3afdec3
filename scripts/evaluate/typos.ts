const letter = /[a-z]/i;

/**
 * The text with this many slips, each at a letter inside a word: two letters swapped, one doubled by a neighbour, one left
 * out, one replaced. The same seed makes the same slips.
 */
export function withTypos(text: string, slips: number, random: () => number): string {
  let result = text;
  for (let s = 0; s < slips; s++) {
    const places: number[] = [];
    for (let i = 1; i < result.length - 1; i++) {
      if ([i - 1, i, i + 1].every((at) => letter.test(result[at] as string))) places.push(i);
    }
    const at = places[Math.floor(random() * places.length)];
    if (at === undefined) return result;
    const other = String.fromCharCode(97 + Math.floor(random() * 26));
    const before = result.slice(0, at);
    const here = result[at] as string;
    const after = result.slice(at + 1);
    const kinds = [
      before + after[0] + here + after.slice(1),
      before + other + here + after,
      before + after,
      before + other + after,
    ];
    result = kinds[Math.floor(random() * kinds.length)] as string;
  }
  return result;
}
