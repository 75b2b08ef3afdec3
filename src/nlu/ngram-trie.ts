/**
 * Character n-grams as a tree in one hash table of whole numbers: walking it costs one look-up a character and makes no
 * strings, which is what keeps a message at some tens of microseconds.
 */
export class NgramTrie {
  private constructor(
    private keys: Int32Array,
    private children: Int32Array,
    private mask: number,
    private size: number,
  ) {}

  static empty(): NgramTrie {
    return new NgramTrie(new Int32Array(1 << 12), new Int32Array(1 << 12), (1 << 12) - 1, 1);
  }

  static from(keys: Int32Array, children: Int32Array, size: number): NgramTrie {
    return new NgramTrie(keys, children, keys.length - 1, size);
  }

  /** For the model file. */
  get parts(): { keys: Int32Array; children: Int32Array; size: number } {
    return { keys: this.keys, children: this.children, size: this.size };
  }

  /** Number of nodes, the root (0) included. */
  get nodes(): number {
    return this.size;
  }

  /** The node reached from `node` by `letter` (1 to 63), or 0. */
  step(node: number, letter: number): number {
    const key = node * 64 + letter;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & this.mask;
    for (;;) {
      const found = this.keys[slot] as number;
      if (found === key) return this.children[slot] as number;
      if (found === 0) return 0;
      slot = (slot + 1) & this.mask;
    }
  }

  /** As `step`, making the node if it is not there. */
  grow(node: number, letter: number): number {
    const there = this.step(node, letter);
    if (there !== 0) return there;
    if (this.size * 2 > this.mask) this.widen();
    const child = this.size++;
    this.put(node * 64 + letter, child);
    return child;
  }

  private put(key: number, child: number): void {
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & this.mask;
    while ((this.keys[slot] as number) !== 0) slot = (slot + 1) & this.mask;
    this.keys[slot] = key;
    this.children[slot] = child;
  }

  private widen(): void {
    const { keys, children } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.children = new Int32Array(keys.length * 2);
    this.mask = this.keys.length - 1;
    for (let i = 0; i < keys.length; i++) {
      if ((keys[i] as number) !== 0) this.put(keys[i] as number, children[i] as number);
    }
  }
}

/** Letters for the tree: a-z, 0-9, the space at a word's edge, and twenty heaps for all other characters. */
export function letterOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 48 && code <= 57) return code - 21;
  if (code === 32) return 37;
  return 38 + (code % 20);
}
