import { Bytes } from './bytes.ts';

/**
 * One value of a row as bytes, the way ClickHouse's Native format holds it where it can, so that a column is
 * made by copying cells:
 *
 * - `text`: a length as LEB128 (not always the shortest), then UTF-8. A lone surrogate becomes U+FFFD.
 * - `u8`, `u32`: little-endian. `time`: milliseconds since 1970 as Int64.
 * - `money`: 1 for null or 0, then ten-thousandths as Int64.
 * - `json`: a `text` that holds JSON, for lists and maps, which few events have.
 */
export type CellKind = 'text' | 'u8' | 'u32' | 'time' | 'money' | 'json';

const BYTES_OF = { u8: 1, u32: 4, time: 8, money: 9 } as const;

/** Where the cell that begins at `at` ends. */
export function cellEnd(kind: CellKind, bytes: Buffer, at: number): number {
  if (kind !== 'text' && kind !== 'json') return at + BYTES_OF[kind];
  return textStart(bytes, at) + textLength(bytes, at);
}

/** Bytes of the text in the cell at `at`. */
export function textLength(bytes: Buffer, at: number): number {
  let length = 0;
  for (let place = at, unit = 1; ; place += 1, unit *= 0x80) {
    const byte = bytes[place]!;
    length += (byte & 0x7f) * unit;
    if (byte < 0x80) return length;
  }
}

/** Where the text in the cell at `at` begins. */
export function textStart(bytes: Buffer, at: number): number {
  let place = at;
  while (bytes[place]! >= 0x80) place += 1;
  return place + 1;
}

/** The cell of one text. */
export function textCell(text: string): Buffer {
  const writer = new CellWriter(text.length * 3 + 4);
  writer.chars(text);
  return writer.done();
}

/** Writes cells one after another. */
export class CellWriter extends Bytes {
  put(kind: CellKind, value: unknown): void {
    if (kind === 'text') this.chars(value as string);
    else if (kind === 'json') this.chars(wellFormedJson(value));
    else if (kind === 'u32') this.u32(value as number);
    else if (kind === 'time') this.i64(value as number);
    else if (kind === 'money') this.#money(value as number | null);
    else {
      this.room(1);
      this.buffer[this.end++] = value as number;
    }
  }

  /** Most texts are short and ASCII: those are written without a call into native code. */
  chars(text: string): void {
    const { length } = text;
    this.room(length * 3 + 4);
    const { buffer } = this;
    if (length <= SHORT_CHARS) {
      let at = this.end + 1;
      let char = 0;
      for (let place = 0; place < length; place += 1) {
        char = text.charCodeAt(place);
        if (char > 0x7f) break;
        buffer[at++] = char;
      }
      if (char <= 0x7f) {
        buffer[this.end] = length;
        this.end = at;
        return;
      }
    }
    // The length's own bytes come first and are as many as the longest encoding could need.
    const width = length * 3 < 0x80 ? 1 : length * 3 < 0x4000 ? 2 : 4;
    const written = buffer.write(text, this.end + width, 'utf8');
    for (let place = 0, rest = written; place < width; place += 1, rest = Math.floor(rest / 0x80))
      buffer[this.end + place] = (rest & 0x7f) | (place < width - 1 ? 0x80 : 0);
    this.end += width + written;
  }

  #money(value: number | null): void {
    this.room(9);
    this.buffer[this.end++] = value === null ? 1 : 0;
    this.buffer.writeBigInt64LE(tenThousandths(value ?? 0), this.end);
    this.end += 8;
  }
}

/** JSON.stringify writes a surrogate without its other half, and nothing else, as `\\udXXX`. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

function wellFormedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\ud') ? json.replace(LONE_SURROGATE, '$1\\ufffd') : json;
}

const SHORT_CHARS = 60;
/** Below this a double times 10,000 is still exact to the unit. */
const EXACT_MAX = 2 ** 53 / 10_000;

/** An amount as Decimal(18, 4) holds it. Exact: a larger double has no fraction left to lose. */
export const tenThousandths = (amount: number): bigint =>
  Math.abs(amount) < EXACT_MAX
    ? BigInt(Math.round(amount * 10_000))
    : BigInt(amount.toFixed(4).replace('.', ''));

/** The value of the cell at `at`. */
export function readCell(kind: CellKind, bytes: Buffer, at: number): unknown {
  switch (kind) {
    case 'u8':
      return bytes[at]!;
    case 'u32':
      return bytes.readUInt32LE(at);
    case 'time':
      return Number(bytes.readBigInt64LE(at));
    case 'money':
      return bytes[at] === 1 ? null : Number(bytes.readBigInt64LE(at + 1)) / 10_000;
    default: {
      const text = bytes.toString('utf8', textStart(bytes, at), cellEnd(kind, bytes, at));
      return kind === 'json' ? JSON.parse(text) : text;
    }
  }
}
