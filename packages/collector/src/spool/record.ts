import { crc32 } from 'node:zlib';
import type { Bytes } from '@throughline/store';

/**
 * The segment file: a head, then records that follow one another, then zeros up to the file's end, which are room for
 * more; a sealed file has none as a rule. Head and records look like this, little-endian:
 *
 *     offset  size  what
 *     0       4     the letters TLS3 (head) or TLR3 (record)
 *     4       4     bytes of the payload
 *     8       4     CRC-32 of bytes 12 and following up to the end; of a record, it goes on from that of the segment's name
 *     12      4     of a record: the number of its first row in the segment, from 0; of the head: 0
 *     16      n     payload: of a record see batch.ts; of the head {"segment","previous"} as JSON
 *
 * The row number stands in the record, not in its place, so that rows keep their `segment_seq` when a damaged
 * record before them is set aside. The letters let a reader find the next record behind damage. The head names the
 * segment, so that a copy under another name is seen, and the segment before it, so that a missing one is.
 *
 * What visitors send stands in records as it is, and may look like a record. Behind damage it would be taken for one, were
 * it not for the checksum: it begins with the segment's name, which nobody outside knows.
 */
const RECORD = Buffer.from('TLR3');
const HEAD = Buffer.from('TLS3');
export const HEAD_BYTES = 16;
/** Larger than any request can become; a greater length is damage. */
export const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;

export interface SegmentHead {
  segment: string;
  /** The segment that was begun before; '' when none is known. */
  previous: string;
}

export function encodeHead({ segment, previous }: SegmentHead): Buffer {
  const payload = Buffer.from(JSON.stringify({ segment, previous }));
  const bytes = Buffer.concat([Buffer.alloc(HEAD_BYTES), payload]);
  finish(HEAD, bytes, { start: 0, end: bytes.length, first_row: 0, seed: 0 });
  return bytes;
}

/** The bytes of one record. */
export function encodeRecord(payload: Buffer, first_row: number, segment: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(HEAD_BYTES), payload]);
  finish(RECORD, bytes, { start: 0, end: bytes.length, first_row, seed: seedOf(segment) });
  return bytes;
}

/** Leaves room for what `finishRecord` fills in; the payload follows. Gives the record's start. */
export function beginRecord(to: Bytes): number {
  const start = to.end;
  to.room(HEAD_BYTES);
  to.end += HEAD_BYTES;
  return start;
}

/** Where a record of a segment begins its checksum. */
export const seedOf = (segment: string): number => crc32(segment);

export interface Place {
  start: number;
  end: number;
  first_row: number;
  seed: number;
}

/** Makes the payload that lies behind the room at `start` a record. */
export const finishRecord = (bytes: Buffer, place: Place): void => finish(RECORD, bytes, place);

function finish(letters: Buffer, bytes: Buffer, { start, end, first_row, seed }: Place): void {
  letters.copy(bytes, start);
  bytes.writeUInt32LE(end - start - HEAD_BYTES, start + 4);
  bytes.writeUInt32LE(first_row, start + 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(start + 12, end), seed), start + 8);
}

export interface SegmentRecord {
  first_row: number;
  payload: Buffer;
  start: number;
  end: number;
}

/** The record at `start`; undefined when the bytes there are not a whole and sound one. */
export const decodeRecord = (bytes: Buffer, start: number, seed: number): SegmentRecord | undefined =>
  decode(RECORD, bytes, start, seed);

function decode(letters: Buffer, bytes: Buffer, start: number, seed: number): SegmentRecord | undefined {
  if (start + HEAD_BYTES > bytes.length || bytes.compare(letters, 0, 4, start, start + 4) !== 0)
    return undefined;
  const length = bytes.readUInt32LE(start + 4);
  const end = start + HEAD_BYTES + length;
  if (length > PAYLOAD_BYTES_MAX || end > bytes.length) return undefined;
  if (crc32(bytes.subarray(start + 12, end), seed) !== bytes.readUInt32LE(start + 8)) return undefined;
  return {
    first_row: bytes.readUInt32LE(start + 12),
    payload: bytes.subarray(start + HEAD_BYTES, end),
    start,
    end,
  };
}

export interface Scan {
  /** Undefined when the file does not begin with a sound head. */
  head: SegmentHead | undefined;
  /** Where the head ends. */
  begin: number;
  records: SegmentRecord[];
  /** Stretches that are no sound record although one follows, or that claim to be complete: `[start, end)`. */
  damaged: { start: number; end: number }[];
  /** Where the last sound record ends; what follows is a write that was cut off. */
  end: number;
}

/**
 * Reads a whole segment. The time is linear but for damage, where it goes on at the next record's letters. `name`: of the
 * segment by its file, for when its head is damaged.
 */
export function scan(bytes: Buffer, name: string): Scan {
  const found = decode(HEAD, bytes, 0, 0);
  const head = found && (JSON.parse(found.payload.toString('utf8')) as SegmentHead);
  const seed = seedOf(head?.segment ?? name);
  const records: SegmentRecord[] = [];
  const damaged: Scan['damaged'] = [];
  const begin = found?.end ?? 0;
  let at = begin;
  while (at < bytes.length) {
    const record = decodeRecord(bytes, at, seed);
    if (record) {
      records.push(record);
      at = record.end;
      continue;
    }
    const next = nextRecord(bytes, at + 1, seed);
    if (next === undefined) {
      if (claimsCompleteness(bytes, at)) damaged.push({ start: at, end: bytes.length });
      break;
    }
    damaged.push({ start: at, end: next });
    at = next;
  }
  return { head, begin, records, damaged, end: records.at(-1)?.end ?? begin };
}

function nextRecord(bytes: Buffer, from: number, seed: number): number | undefined {
  for (let at = bytes.indexOf(RECORD, from); at >= 0; at = bytes.indexOf(RECORD, at + 1)) {
    if (decodeRecord(bytes, at, seed)) return at;
  }
  return undefined;
}

/**
 * A last record whose bytes are all there but wrong was perhaps acknowledged: not a torn write, worth keeping. A disk
 * writes sectors as a whole, so one that is still zero was never written.
 */
function claimsCompleteness(bytes: Buffer, at: number): boolean {
  if (at + HEAD_BYTES > bytes.length) return false;
  const end = at + HEAD_BYTES + bytes.readUInt32LE(at + 4);
  if (end > bytes.length || isZero(bytes, at + HEAD_BYTES, bytes.length)) return false;
  for (let sector = Math.ceil(at / SECTOR_BYTES) * SECTOR_BYTES; sector < end; sector += SECTOR_BYTES)
    if (isZero(bytes, sector, Math.min(end, sector + SECTOR_BYTES))) return false;
  return true;
}

const SECTOR_BYTES = 512;

/** Whether nothing was ever written there. */
export function isZero(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 0) return false;
  return true;
}
