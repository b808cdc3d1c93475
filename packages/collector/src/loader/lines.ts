import type { Entry } from './content.ts';

const BRACE = 1;
/** `,"segment":"…","segment_seq":4294967295}` and the newline, less the segment's id. */
const PLACE_BYTES_MAX = 48;

/** The rows as ClickHouse gets them, one a line, each with its segment and place written in before its last brace. */
export function linesOf(entries: readonly Entry[], segment: string): Buffer {
  const place = `,"segment":"${segment}","segment_seq":`;
  let room = 0;
  for (const { line } of entries) room += line.length + segment.length + PLACE_BYTES_MAX;
  const lines = Buffer.allocUnsafe(room);
  let end = 0;
  for (const { line, seq } of entries) {
    end += line.copy(lines, end, 0, line.length - BRACE);
    end += lines.write(`${place}${seq}}\n`, end, 'latin1');
  }
  return lines.subarray(0, end);
}
