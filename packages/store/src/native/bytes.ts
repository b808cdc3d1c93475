/** A buffer that grows. Everything up to `end` is written. */
export class Bytes {
  buffer: Buffer;
  end = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(bytes);
  }

  /** Makes room for `bytes` more. */
  room(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }

  zeros(bytes: number): void {
    this.room(bytes);
    this.buffer.fill(0, this.end, this.end + bytes);
    this.end += bytes;
  }

  /** `source[start, end)`, `times` times. Short pieces go byte by byte, which is quicker than a call for each. */
  copy(source: Buffer, start: number, end: number, times = 1): void {
    const bytes = end - start;
    this.room(bytes * times);
    for (let time = 0; time < times; time += 1) {
      if (bytes > SHORT_BYTES) source.copy(this.buffer, this.end, start, end);
      else for (let at = 0; at < bytes; at += 1) this.buffer[this.end + at] = source[start + at]!;
      this.end += bytes;
    }
  }

  u32(value: number): void {
    this.room(4);
    this.buffer.writeUInt32LE(value, this.end);
    this.end += 4;
  }

  /** A safe integer as 64 bits, two's complement. */
  i64(value: number): void {
    this.u32(value >>> 0);
    this.u32(Math.floor(value / TWO_TO_32) >>> 0);
  }

  /** LEB128, as ClickHouse writes lengths. */
  varint(value: number): void {
    this.room(VARINT_BYTES_MAX);
    let rest = value;
    while (rest > 0x7f) {
      this.buffer[this.end++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.end++] = rest;
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.room(bytes);
    this.end += this.buffer.write(value, this.end, 'utf8');
  }

  done(): Buffer {
    return this.buffer.subarray(0, this.end);
  }
}

const SHORT_BYTES = 48;
const TWO_TO_32 = 2 ** 32;
const VARINT_BYTES_MAX = 10;
