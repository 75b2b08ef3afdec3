/** Whole numbers by pairs of whole numbers, in one hash table: a look-up makes no string and touches one place in memory. */
export class PairTable {
  private constructor(
    /** Both numbers of a pair and its value, three entries a slot; the first number is kept plus one, 0 is empty. */
    private slots: Int32Array,
    private used: number,
  ) {}

  static empty(): PairTable {
    return new PairTable(new Int32Array(3 * 1024), 0);
  }

  /** From `parts`, without a copy. */
  static from(slots: Int32Array, used: number): PairTable {
    return new PairTable(slots, used);
  }

  /** For the model file. */
  get parts(): Int32Array {
    return this.slots;
  }

  get size(): number {
    return this.used;
  }

  /** The value of the pair, or -1. */
  get(a: number, b: number): number {
    const { slots } = this;
    const at = this.find(a, b);
    return slots[at] === 0 ? -1 : (slots[at + 2] as number);
  }

  set(a: number, b: number, value: number): void {
    let at = this.find(a, b);
    if (this.slots[at] === 0) {
      if ((this.used + 1) * 6 > this.slots.length) {
        this.widen();
        at = this.find(a, b);
      }
      this.used++;
    }
    this.slots[at] = a + 1;
    this.slots[at + 1] = b;
    this.slots[at + 2] = value;
  }

  /** Where the pair is, or the empty slot it would go to. The number of slots is a power of two. */
  private find(a: number, b: number): number {
    const { slots } = this;
    const mask = slots.length / 3 - 1;
    let slot = (Math.imul(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15), 0x85ebca6b) >>> 9) & mask;
    for (;;) {
      const at = slot * 3;
      const first = slots[at] as number;
      if (first === 0 || (first === a + 1 && slots[at + 1] === b)) return at;
      slot = (slot + 1) & mask;
    }
  }

  private widen(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] === 0) continue;
      const to = this.find((old[at] as number) - 1, old[at + 1] as number);
      this.slots.set(old.subarray(at, at + 3), to);
    }
  }
}
