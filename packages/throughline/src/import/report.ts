/** Lines named one by one; the counts go on beyond it. */
const LINES_MAX = 10_000;

/** What became of a file's lines. */
export class ImportReport {
  read = 0;
  accepted = 0;
  readonly refused: { line: number; reason: string }[] = [];
  readonly reasons: Record<string, number> = {};

  refuse(line: number, reason: string): void {
    this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
    if (this.refused.length < LINES_MAX) this.refused.push({ line, reason });
  }

  get refusedTotal(): number {
    return Object.values(this.reasons).reduce((sum, count) => sum + count, 0);
  }
}
