import { describe, expect, it } from 'vitest';
import { columnFields, csvCall, parseCsvRecord } from './csv.ts';
import { parseSegmentLine } from './segment.ts';

describe('a line of Segment calls', () => {
  it('keeps its own messageId', () => {
    expect(parseSegmentLine('{"type":"track","event":"A","messageId":"m1"}')).toEqual({
      call: { type: 'track', event: 'A', messageId: 'm1' },
    });
  });

  it('is named by its content when it has none, the same in every run', () => {
    const line = '{"type":"track","event":"A","userId":"u1"}';
    const first = parseSegmentLine(line);
    expect(first).toEqual(parseSegmentLine(line));
    expect(first).toMatchObject({ call: { messageId: expect.stringMatching(/^imp_[0-9a-f]{32}$/) } });
    expect(first).not.toEqual(parseSegmentLine(line.replace('u1', 'u2')));
  });

  it.each([
    ['not json', 'malformed'],
    ['[1,2]', 'malformed'],
    ['null', 'malformed'],
    ['{"event":"A"}', 'unknown_type'],
    ['{"type":"delete"}', 'unknown_type'],
  ])('is refused when it is %j', (line, reason) => {
    expect(parseSegmentLine(line)).toEqual({ refused: reason });
  });

  it('may be blank', () => {
    expect(parseSegmentLine('  ')).toEqual({ skipped: true });
  });
});

describe('CSV', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    ['"a,1","say ""hi""",c', ['a,1', 'say "hi"', 'c']],
    ['"",x', ['', 'x']],
    ['"open,x', 'open'],
    ['a,"two ""quotes""', 'open'],
    ['"two\nlines",x', ['two\nlines', 'x']],
    ['x,"end"', ['x', 'end']],
    ['""', ['']],
    ['5" pipe,x', ['5" pipe', 'x']],
    ['"a"b,x', undefined],
  ])('reads %j', (line, cells) => {
    expect(parseCsvRecord(line)).toEqual(cells);
  });

  it('sends columns where the mapping says, known names where they belong, others to properties', () => {
    expect(columnFields(['Kunde', 'email', 'Order Total'], { Kunde: 'userId' })).toEqual([
      'userId',
      'traits.email',
      'properties.Order_Total',
    ]);
  });

  it('refuses a mapping of a column that is not there, or to a field that is not one', () => {
    expect(() => columnFields(['a'], { b: 'userId' })).toThrow('which the file does not have');
    expect(() => columnFields(['a'], { a: 'writeKey' })).toThrow('a field is event');
    expect(() => columnFields(['a'], { a: 'properties.__proto__.x y' })).toThrow('a field is event');
  });

  it('makes a call of a record: numbers where money is, text elsewhere, nothing from empty cells', () => {
    const fields = [
      'event',
      'userId',
      'timestamp',
      'properties.total',
      'properties.order_id',
      'traits.email',
    ];
    const cells = ['Order Completed', '0042', '2026-10-01', '99.5', '007', ''];
    expect(csvCall(fields, cells, undefined)).toEqual({
      type: 'track',
      messageId: expect.stringMatching(/^imp_/),
      event: 'Order Completed',
      userId: '0042',
      timestamp: '2026-10-01',
      properties: { total: 99.5, order_id: '007' },
    });
  });

  it('makes an identify call of a record without an event, and of --event a track call', () => {
    expect(csvCall(['userId', 'traits.email'], ['1', 'a@b.vn'], undefined).type).toBe('identify');
    expect(csvCall(['userId'], ['1'], 'Store Visit')).toMatchObject({ type: 'track', event: 'Store Visit' });
  });

  it('takes a hostile header for a plain key', () => {
    csvCall(['properties.__proto__', 'properties.x'], ['evil', '1'], 'A');
    expect(({} as { evil?: string }).evil).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});
