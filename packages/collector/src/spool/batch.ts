import type { RefusalReason } from '@throughline/contract';
import { CellWriter, cellEnd, readCell } from '@throughline/store';
import type { NewLink, NewRow } from '../steps/draft.ts';
import { CELL_KINDS, defaultOf, isDefault, SPOOL_COLUMNS } from './columns.ts';

/** What one request brought: accepted events with their links, and the refusals, durable together. */
export interface Batch {
  /** '' when no site is known. */
  site: string;
  received_ms: number;
  rows: readonly NewRow[];
  links: readonly BatchLink[];
  refused: Partial<Record<RefusalReason, number>>;
  /** Some of the refused ones, by their ids. */
  turned_away?: readonly TurnedAway[];
}

/** Why an event with an id was refused. */
export interface TurnedAway {
  event_id: string;
  reason: RefusalReason;
  /** Place in what was sent. */
  field: string;
  received_ms: number;
}

/** A link and the place of its event among the batch's rows. */
export interface BatchLink {
  row: number;
  link: NewLink;
}

/**
 * The payload of a record, little-endian:
 *
 *     4   number of events
 *     8   received, milliseconds since 1970
 *     t   site                                   t: a text cell, see store/native/cell.ts
 *     t   {links, refused, turned_away} as JSON; '' for none
 *     …   the columns that say something of any event, each:
 *           1   place in SPOOL_COLUMNS
 *           1   1: one cell that all events share; 2: a cell for each event
 *           4   bytes of the cells
 *           …   the cells
 *
 * By columns, because the events of a request mostly share their site, visitor, page, channel and device: a record of
 * fifty page views is a fifth of what it is by rows, and the loader copies whole columns.
 */
export interface StoredBatch {
  events: number;
  received_ms: number;
  site: string;
  links: BatchLink[];
  refused: Partial<Record<RefusalReason, number>>;
  turned_away: readonly TurnedAway[];
  bytes: Buffer;
  /** Where the columns begin in `bytes`. */
  columns_at: number;
}

/** The cells of a column: `bytes[at, end)`. */
export interface StoredColumn {
  /** Of SPOOL_COLUMNS. */
  place: number;
  /** One cell for all events. */
  shared: boolean;
  at: number;
  end: number;
}

const SHARED = 1;
const EACH = 2;

export function writeBatch(to: CellWriter, batch: Batch): void {
  const { site, received_ms, rows, links, refused, turned_away } = batch;
  to.u32(rows.length);
  to.i64(received_ms);
  to.chars(site);
  to.chars(links.length === 0 && !anyOf(refused) ? '' : JSON.stringify({ links, refused, turned_away }));
  for (let place = 0; place < SPOOL_COLUMNS.length; place += 1) writeColumn(to, place, rows);
}

function writeColumn(to: CellWriter, place: number, rows: readonly NewRow[]): void {
  if (rows.length === 0) return;
  const name = SPOOL_COLUMNS[place]!;
  const kind = CELL_KINDS[place]!;
  const first = rows[0]![name];
  let shared = true;
  for (let row = 1; row < rows.length && shared; row += 1) shared = rows[row]![name] === first;
  if (shared && isDefault(kind, first)) return;
  to.room(6);
  to.buffer[to.end] = place;
  to.buffer[to.end + 1] = shared ? SHARED : EACH;
  const size = to.end + 2;
  to.end += 6;
  if (shared) to.put(kind, first);
  else for (let row = 0; row < rows.length; row += 1) to.put(kind, rows[row]![name]);
  to.buffer.writeUInt32LE(to.end - size - 4, size);
}

function anyOf(fields: object): boolean {
  for (const _ in fields) return true;
  return false;
}

/** The batch in a payload. Throws when a sound record holds something else, which only a foreign writer can cause. */
export function readBatch(bytes: Buffer): StoredBatch {
  const events = bytes.readUInt32LE(0);
  const received_ms = Number(bytes.readBigInt64LE(4));
  const site = readCell('text', bytes, 12) as string;
  let at = cellEnd('text', bytes, 12);
  const more = readCell('text', bytes, at) as string;
  at = cellEnd('text', bytes, at);
  const { links = [], refused = {}, turned_away = [] } = more === '' ? {} : JSON.parse(more);
  const batch = { events, received_ms, site, links, refused, turned_away, bytes, columns_at: at };
  const column = firstColumn(batch);
  while (nextColumn(batch, column)) {
    if (column.place >= SPOOL_COLUMNS.length || column.end > bytes.length || events === 0)
      throw new Error('A spool record holds columns that this version does not know.');
  }
  return batch;
}

/** A place before the batch's first column, for `nextColumn`. */
export const firstColumn = ({ columns_at }: StoredBatch): StoredColumn => ({
  place: -1,
  shared: false,
  at: columns_at,
  end: columns_at,
});

/** Moves `column` to the batch's next one; false when there is none. One object for all, since loading does little else. */
export function nextColumn({ bytes }: StoredBatch, column: StoredColumn): boolean {
  const head = column.end;
  if (head >= bytes.length) return false;
  column.place = bytes[head]!;
  column.shared = bytes[head + 1] === SHARED;
  column.at = head + 6;
  column.end = column.at + bytes.readUInt32LE(head + 2);
  return true;
}

/** The batch's rows, one by one: for what somebody reads, not for loading. */
export function rowsOf(batch: StoredBatch): NewRow[] {
  const rows = Array.from({ length: batch.events }, () => ({ ...NOTHING }));
  const column = firstColumn(batch);
  while (nextColumn(batch, column)) {
    const kind = CELL_KINDS[column.place]!;
    let { at } = column;
    for (const row of rows) {
      row[SPOOL_COLUMNS[column.place]!] = readCell(kind, batch.bytes, at);
      if (!column.shared) at = cellEnd(kind, batch.bytes, at);
    }
  }
  return rows as unknown as NewRow[];
}

/** What columns that a record does not hold say of its rows. */
const NOTHING: Record<string, unknown> = Object.fromEntries(
  SPOOL_COLUMNS.map((name, place) => [name, defaultOf(name, CELL_KINDS[place]!)]),
);

/** A payload of its own. */
export function encodeBatch(batch: Batch): Buffer {
  const writer = new CellWriter(1_024);
  writeBatch(writer, batch);
  return writer.done();
}
