/** Alike enough to be one thing said in two ways. */
const alike = 0.42;

/**
 * Puts alike things together, biggest group first. Each joins the group it is most like on average, or begins one; the
 * order of the input decides between equals, so the same input gives the same groups.
 */
export function groupAlike<T>(items: readonly T[], likeness: (a: number, b: number) => number): T[][] {
  const groups: number[][] = [];
  items.forEach((_, item) => {
    let best: number[] | null = null;
    let most = alike;
    for (const group of groups) {
      const mean = group.reduce((sum, other) => sum + likeness(item, other), 0) / group.length;
      if (mean >= most) {
        best = group;
        most = mean;
      }
    }
    if (best) best.push(item);
    else groups.push([item]);
  });
  return groups.sort((a, b) => b.length - a.length).map((group) => group.map((item) => items[item]!));
}
