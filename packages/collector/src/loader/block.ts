import {
  type Block,
  Bytes,
  beginBlock,
  type Column,
  cellEnd,
  columnFor,
  EVENT_TYPES,
  putColumn,
  textCell,
} from '@throughline/store';
import { firstColumn, nextColumn, type StoredColumn } from '../spool/batch.ts';
import { CELL_KINDS, SPOOL_COLUMNS } from '../spool/columns.ts';
import type { Breath } from './breath.ts';
import { type Content, type Part, seqOf } from './content.ts';

/** Makes blocks for the table of events, one after another, in memory that it keeps. */
export class BlockMaker {
  #rows = 0;
  readonly #columns: Column[] = SPOOL_COLUMNS.map((name) => columnFor(EVENT_TYPES[name]));
  /** Rows that each column has. One that has fewer than all gets its defaults when something comes, or at the end. */
  readonly #filled = new Uint32Array(SPOOL_COLUMNS.length);
  readonly #segments = columnFor(EVENT_TYPES.segment);
  readonly #seqs = new Bytes(4_096);
  readonly #block = new Bytes(4_096);

  /** The picked events of a segment, until the next block. `picked`: 1 for each event that is wanted. */
  async make({ segment, parts }: Content, picked: Uint8Array, breath: Breath): Promise<Block> {
    this.#clear();
    for (const part of parts) {
      if (breath.due) await breath.take();
      const end = part.base + part.batch.events;
      // Mostly all of a batch: runs are few.
      for (let from = part.base; from < end; ) {
        while (from < end && picked[from] === 0) from += 1;
        let to = from;
        while (to < end && picked[to] !== 0) to += 1;
        if (to > from) this.#take(part, from - part.base, to - part.base);
        from = to;
      }
    }
    return this.#finish(segment, breath);
  }

  #clear(): void {
    this.#rows = 0;
    for (const column of [...this.#columns, this.#segments]) column.clear();
    this.#filled.fill(0);
    this.#seqs.end = 0;
  }

  /** The rows `[from, to)` of a batch. */
  #take(part: Part, from: number, to: number): void {
    const { batch } = part;
    const count = to - from;
    const column = firstColumn(batch);
    while (nextColumn(batch, column)) {
      const target = this.#columns[column.place]!;
      const behind = this.#rows - this.#filled[column.place]!;
      if (behind > 0) target.skip(behind);
      if (column.shared) target.repeat(batch.bytes, column.at, count);
      else {
        const whole = from === 0 && to === batch.events;
        const { at, end } = whole ? column : cells(batch.bytes, column, from, to);
        target.all(batch.bytes, at, end, count);
      }
      this.#filled[column.place] = this.#rows + count;
    }
    const first = seqOf(part, part.base + from);
    for (let row = 0; row < count; row += 1) this.#seqs.u32(first + row);
    this.#rows += count;
  }

  async #finish(segment: string, breath: Breath): Promise<Block> {
    const rows = this.#rows;
    beginBlock(this.#block, COLUMNS.length, rows);
    for (const [place, name] of SPOOL_COLUMNS.entries()) {
      if (breath.due) await breath.take();
      const column = this.#columns[place]!;
      const behind = rows - this.#filled[place]!;
      if (behind > 0) column.skip(behind);
      putColumn(this.#block, { name, type: column.type, parts: column.parts() });
    }
    this.#segments.repeat(textCell(segment), 0, rows);
    putColumn(this.#block, { name: 'segment', type: this.#segments.type, parts: this.#segments.parts() });
    const seqs = [this.#seqs.done()];
    putColumn(this.#block, { name: 'segment_seq', type: EVENT_TYPES.segment_seq, parts: seqs });
    return { columns: COLUMNS, rows, bytes: this.#block.done() };
  }
}

/** Of a block, in its order. */
const COLUMNS: readonly string[] = [...SPOOL_COLUMNS, 'segment', 'segment_seq'];

/** Where the cells of the rows `[from, to)` lie. */
function cells(bytes: Buffer, { place, at }: StoredColumn, from: number, to: number) {
  const kind = CELL_KINDS[place]!;
  let start = at;
  for (let row = 0; row < from; row += 1) start = cellEnd(kind, bytes, start);
  let end = start;
  for (let row = from; row < to; row += 1) end = cellEnd(kind, bytes, end);
  return { at: start, end };
}
