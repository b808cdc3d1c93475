/** A stream of chance that is the same for the same seed and label, on every machine. Never for secrets. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  /** `label` sets streams apart, so that one more draw for one person does not change everybody else. */
  constructor(seed: number, label: string) {
    let hash = seed | 0;
    const word = () => {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
      hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
      hash = (hash ^ (hash >>> 15)) + 0x9e3779b9;
      return hash | 0;
    };
    for (const character of label) hash = Math.imul(word() ^ character.codePointAt(0)!, 0x01000193);
    [this.a, this.b, this.c] = [word(), word(), word()];
    for (let warm = 0; warm < 12; warm += 1) this.next();
  }

  /** 0 ≤ x < 1. The generator is sfc32, of PractRand. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** Waiting times: mostly short, sometimes long, `mean` on average, never above six times that. */
  waiting(mean: number): number {
    return Math.min(6 * mean, -Math.log(1 - this.next()) * mean);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(0, items.length - 1)]!;
  }

  /** One item, each as likely as its weight says. */
  weighted<Item>(items: readonly Item[], weight: (item: Item) => number): Item {
    let left = this.next() * items.reduce((sum, item) => sum + weight(item), 0);
    for (const item of items) {
      left -= weight(item);
      if (left < 0) return item;
    }
    return items.at(-1)!;
  }

  /** `length` characters of `[0-9a-z]`. */
  text(length: number): string {
    let text = '';
    while (text.length < length) text += this.int(0, 35).toString(36);
    return text;
  }
}
