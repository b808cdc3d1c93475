import { CellWriter } from '@throughline/store';
import { type Batch, writeBatch } from './batch.ts';
import { beginRecord, finishRecord, seedOf } from './record.ts';
import type { Tallied } from './tally.ts';

/** One append that waits for the disk. */
export interface Pending {
  counted: Tallied;
  /** Of its record in the group's buffer. */
  start: number;
  end: number;
  committed: (() => void) | undefined;
  resolve: () => void;
  reject: (error: Error) => void;
}

const START_BYTES = 256 * 1024;

/**
 * Records that are written and synced together. A batch is encoded into the group's buffer as it comes, so that
 * nothing is copied between the steps and the disk.
 */
export class Group {
  readonly entries: Pending[] = [];
  readonly #writer = new CellWriter(START_BYTES);

  get bytes(): number {
    return this.#writer.end;
  }

  /** Gives the bytes that the batch took. */
  add(batch: Batch, waiter: Pick<Pending, 'committed' | 'resolve' | 'reject'>): number {
    const { site, received_ms, refused, rows } = batch;
    const start = beginRecord(this.#writer);
    try {
      writeBatch(this.#writer, batch);
    } catch (error) {
      this.#writer.end = start;
      throw error;
    }
    const end = this.#writer.end;
    this.entries.push({
      counted: { site, received_ms, refused, events: rows.length },
      start,
      end,
      ...waiter,
    });
    return end - start;
  }

  /** The records of the segment, their rows numbered from `first_row` on, and the number after the last. */
  finish(first_row: number, segment: string): { bytes: Buffer; next_row: number } {
    const bytes = this.#writer.done();
    const seed = seedOf(segment);
    let row = first_row;
    for (const { start, end, counted } of this.entries) {
      finishRecord(bytes, { start, end, first_row: row, seed });
      row += counted.events;
    }
    return { bytes, next_row: row };
  }

  /** Empties it for the next ones. */
  clear(): void {
    this.entries.length = 0;
    this.#writer.end = 0;
  }
}
