/** Disjoint sets over 0 … size-1 with union by size and path halving: practically constant time an operation. */
export class DisjointSets {
  private readonly parent: Int32Array;
  private readonly count: Int32Array;

  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, index) => index);
    this.count = new Int32Array(size).fill(1);
  }

  /** The set's current representative; it changes when the set is united with another. */
  find(item: number): number {
    let at = item;
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!;
      at = this.parent[at]!;
    }
    return at;
  }

  /** Unites the two sets and returns the representative of the whole. */
  union(a: number, b: number): number {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return x;
    const [big, small] = this.count[x]! >= this.count[y]! ? [x, y] : [y, x];
    this.parent[small] = big;
    this.count[big]! += this.count[small]!;
    return big;
  }
}
