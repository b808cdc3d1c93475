import { crc32 } from 'node:zlib';

/**
 * The segment file. No file header; records follow one another:
 *
 *     offset  size  what
 *     0       4     the letters TLR1
 *     4       4     bytes of the payload, little-endian
 *     8       4     CRC-32 of bytes 12 and following up to the record's end
 *     12      4     number of the record's first row in the segment, from 0
 *     16      n     payload: see batch.ts
 *
 * The row number stands in the record, not in its place, so that rows keep their `segment_seq` when a damaged
 * record before them is set aside. The letters let a reader find the next record behind damage.
 */
const MAGIC = Buffer.from('TLR1');
export const HEAD_BYTES = 16;
/** Larger than any request can become; a greater length is damage. */
export const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;

/** The bytes of one record. */
export function encodeRecord(payload: Buffer, first_row: number): Buffer {
  const record = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
  MAGIC.copy(record, 0);
  record.writeUInt32LE(payload.length, 4);
  record.writeUInt32LE(first_row, 12);
  payload.copy(record, HEAD_BYTES);
  record.writeUInt32LE(crc32(record.subarray(12)), 8);
  return record;
}

export interface SegmentRecord {
  first_row: number;
  payload: Buffer;
  start: number;
  end: number;
}

/** The record at `start`; undefined when the bytes there are not a whole and sound one. */
export function decodeRecord(bytes: Buffer, start: number): SegmentRecord | undefined {
  if (start + HEAD_BYTES > bytes.length || bytes.compare(MAGIC, 0, 4, start, start + 4) !== 0)
    return undefined;
  const length = bytes.readUInt32LE(start + 4);
  const end = start + HEAD_BYTES + length;
  if (length > PAYLOAD_BYTES_MAX || end > bytes.length) return undefined;
  if (crc32(bytes.subarray(start + 12, end)) !== bytes.readUInt32LE(start + 8)) return undefined;
  return {
    first_row: bytes.readUInt32LE(start + 12),
    payload: bytes.subarray(start + HEAD_BYTES, end),
    start,
    end,
  };
}

export interface Scan {
  records: SegmentRecord[];
  /** Stretches that are no sound record although one follows, or that claim to be complete: `[start, end)`. */
  damaged: { start: number; end: number }[];
  /** Where the last sound record ends; what follows is a write that was cut off. */
  end: number;
}

/** Reads a whole segment. The time is linear but for damage, where it goes on at the next `TLR1`. */
export function scan(bytes: Buffer): Scan {
  const records: SegmentRecord[] = [];
  const damaged: Scan['damaged'] = [];
  let at = 0;
  while (at < bytes.length) {
    const record = decodeRecord(bytes, at);
    if (record) {
      records.push(record);
      at = record.end;
      continue;
    }
    const next = nextRecord(bytes, at + 1);
    if (next === undefined) {
      if (claimsCompleteness(bytes, at)) damaged.push({ start: at, end: bytes.length });
      break;
    }
    damaged.push({ start: at, end: next });
    at = next;
  }
  return { records, damaged, end: records.at(-1)?.end ?? 0 };
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(MAGIC, from); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    if (decodeRecord(bytes, at)) return at;
  }
  return undefined;
}

/** A last record whose bytes are all there but wrong was perhaps acknowledged: not a torn write, worth keeping. */
function claimsCompleteness(bytes: Buffer, at: number): boolean {
  if (at + HEAD_BYTES > bytes.length) return false;
  const whole = at + HEAD_BYTES + bytes.readUInt32LE(at + 4) <= bytes.length;
  return whole && bytes.subarray(at + HEAD_BYTES).some((byte) => byte !== 0);
}
