import { describe, expect, it } from 'vitest';
import { cell, csv } from './csv.ts';

describe('a CSV cell', () => {
  it.each(['=1+1', '+84 900', '-2', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("https://evil.example")'])(
    'is not read as a formula: %s',
    (text) => {
      const shown = cell(text);
      expect(shown.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('keeps numbers as numbers', () => {
    expect([cell(-5), cell(1.5), cell(0)]).toEqual(['-5', '1.5', '0']);
  });

  it('quotes commas, quotes and line ends, and leaves the rest alone', () => {
    expect(['a,b', 'a"b', 'a\nb', 'Thu Hà', "O'Neil"].map(cell)).toEqual([
      '"a,b"',
      '"a""b"',
      '"a\nb"',
      'Thu Hà',
      "O'Neil",
    ]);
  });
});

describe('a CSV file', () => {
  it('begins with a byte order mark and ends every row with CRLF', () => {
    expect(
      csv([
        ['id', 'orders'],
        ['p_1', 2],
      ]),
    ).toBe('\uFEFFid,orders\r\np_1,2\r\n');
  });
});
