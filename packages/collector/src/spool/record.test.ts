import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord, scan, seedOf } from './record.ts';

const one = encodeRecord(Buffer.from('first payload'), 0, 'seg');
const two = encodeRecord(Buffer.from('second, with the letters TLR3 in it'), 1, 'seg');
const three = encodeRecord(Buffer.from('third'), 3, 'seg');
const texts = (bytes: Buffer) => scan(bytes, 'seg').records.map(({ payload }) => payload.toString());
const ALL = ['first payload', 'second, with the letters TLR3 in it', 'third'];

describe('the records of a segment', () => {
  it('come back as they were written, with their row numbers', () => {
    const { records, damaged, end } = scan(Buffer.concat([one, two, three]), 'seg');
    expect(records.map(({ payload }) => payload.toString())).toEqual(ALL);
    expect(records.map(({ first_row }) => first_row)).toEqual([0, 1, 3]);
    expect(damaged).toEqual([]);
    expect(end).toBe(one.length + two.length + three.length);
  });

  it('lose only the last one, wherever its writing was cut off', () => {
    const whole = Buffer.concat([one, two, three]);
    for (let length = one.length + two.length; length < whole.length; length += 1) {
      const { records, damaged, end } = scan(whole.subarray(0, length), 'seg');
      expect(records).toHaveLength(2);
      expect(damaged).toEqual([]);
      expect(end).toBe(one.length + two.length);
    }
  });

  it('lose only the one in which a bit flipped, wherever it did', () => {
    for (let at = one.length; at < one.length + two.length; at += 1) {
      const whole = Buffer.concat([one, two, three]);
      whole[at]! ^= 1 << (at % 8);
      const { records, damaged } = scan(whole, 'seg');
      expect(
        records.map(({ payload }) => payload.toString()),
        `byte ${at}`,
      ).toEqual([ALL[0], ALL[2]]);
      expect(damaged).toEqual([{ start: one.length, end: one.length + two.length }]);
    }
  });

  it('sets a last record aside when its bytes are all there but wrong, for it may have been acknowledged', () => {
    const whole = Buffer.concat([one, two]);
    whole[whole.length - 1]! ^= 1;
    expect(scan(whole, 'seg')).toMatchObject({
      damaged: [{ start: one.length, end: whole.length }],
      end: one.length,
    });
  });

  it('drops a tail of zeros, which a file system leaves after a power cut', () => {
    expect(scan(Buffer.concat([one, Buffer.alloc(4_096)]), 'seg')).toMatchObject({
      damaged: [],
      end: one.length,
    });
  });

  it('take a last one with a sector of zeros in it for one whose writing was cut off', () => {
    const long = encodeRecord(Buffer.alloc(3_000, 'x'), 1, 'seg');
    const whole = Buffer.concat([one, long, Buffer.alloc(4_096)]);
    const torn = Buffer.from(whole).fill(0, 1_024, 1_536);
    expect(scan(torn, 'seg')).toMatchObject({ damaged: [], end: one.length });
    const flipped = Buffer.from(whole);
    flipped[1_100]! ^= 1;
    expect(scan(flipped, 'seg').damaged).toEqual([{ start: one.length, end: whole.length }]);
  });

  it('never takes a length beyond the file for a record', () => {
    const lying = Buffer.from(one);
    lying.writeUInt32LE(0xffffffff, 4);
    expect(decodeRecord(lying, 0, seedOf('seg'))).toBeUndefined();
    expect(texts(Buffer.concat([lying, three]))).toEqual(['third']);
  });

  it('takes nothing that was sent for a record, whatever it looks like', () => {
    const forged = encodeRecord(Buffer.from('from outside'), 0, 'guessed');
    const carrier = encodeRecord(Buffer.concat([Buffer.from('title '), forged]), 1, 'seg');
    const torn = Buffer.concat([one, carrier, three]);
    torn[one.length + 17]! ^= 1;
    expect(texts(torn)).toEqual(['first payload', 'third']);
  });
});
