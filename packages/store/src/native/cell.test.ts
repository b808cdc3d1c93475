import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellKind, CellWriter, cellEnd, readCell } from './cell.ts';

const roundTrip = (kind: CellKind, values: readonly unknown[]) => {
  const writer = new CellWriter(8);
  for (const value of values) writer.put(kind, value);
  const bytes = writer.done();
  const read: unknown[] = [];
  for (let at = 0; at < bytes.length; at = cellEnd(kind, bytes, at)) read.push(readCell(kind, bytes, at));
  return read;
};

describe('cells', () => {
  it('give texts of any length and letters back, one behind the other', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(roundTrip('text', texts)).toEqual(texts.map((one) => Buffer.from(one).toString()));
      }),
    );
  });

  it.each([0, 1, 41, 42, 43, 59, 60, 61, 127, 128, 5_460, 5_462, 70_000])(
    'hold %i characters of three bytes',
    (length) => {
      expect(roundTrip('text', ['ở'.repeat(length), 'x'])).toEqual(['ở'.repeat(length), 'x']);
    },
  );

  it('give money back to the ten-thousandth, and null', () => {
    const amounts = [null, 0, 0.0001, -12.5, 1234567.8901, 99_999_999_999_999, -0.3];
    expect(roundTrip('money', amounts)).toEqual(amounts);
  });

  it('give times and numbers back', () => {
    expect(roundTrip('time', [0, 1_763_780_645_678, 4_102_444_800_000])).toEqual([
      0, 1_763_780_645_678, 4_102_444_800_000,
    ]);
    expect(roundTrip('u32', [0, 4_294_967_295])).toEqual([0, 4_294_967_295]);
    expect(roundTrip('u8', [1, 0])).toEqual([1, 0]);
  });

  it('replace a lone surrogate, in JSON and in its keys too, and leave text that only looks like one', () => {
    expect(roundTrip('json', [{ '\ud800': ['a\udc00b', '\\ud800', '😀'] }])).toEqual([
      { '\ufffd': ['a\ufffdb', '\\ud800', '😀'] },
    ]);
  });
});
