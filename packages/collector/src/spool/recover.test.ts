import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { batchOf } from '../testing/batch.ts';
import { MemoryFiles } from '../testing/memory-files.ts';
import { encodeBatch, readBatch, rowsOf } from './batch.ts';
import { encodeHead, encodeRecord, scan } from './record.ts';
import { recover } from './recover.ts';

const FOLDER = '/spool';
const recordsOf = (segment: string) => [
  encodeRecord(encodeBatch(batchOf('a', 'b')), 0, segment),
  encodeRecord(encodeBatch(batchOf('c')), 2, segment),
  encodeRecord(encodeBatch(batchOf('d')), 3, segment),
];
const wholeOf = (segment: string) => Buffer.concat(recordsOf(segment));
const records = recordsOf('seg');
const whole = wholeOf('seg');
const put = (files: MemoryFiles, name: string, bytes: Buffer) => files.put(`${FOLDER}/${name}`, bytes);
const idsOf = (bytes: Buffer, segment = 'seg') =>
  scan(bytes, segment).records.flatMap(({ payload }) =>
    rowsOf(readBatch(payload)).map(({ event_id }) => event_id),
  );
const head = (segment: string, previous = '') => encodeHead({ segment, previous });

describe('recovery', () => {
  it('keeps every whole record, at whichever byte the last write was cut off', async () => {
    const two = records[0]!.length + records[1]!.length;
    for (let length = 1; length <= whole.length; length += 1) {
      const files = new MemoryFiles();
      await put(files, 'seg.open', whole.subarray(0, length));
      const [segment, ...others] = (await recover(FOLDER, files, silentLog)).segments;
      expect(others).toEqual([]);
      const kept =
        length === whole.length ? 'abcd' : length >= two ? 'abc' : length >= records[0]!.length ? 'ab' : '';
      expect(segment?.tally.waiting() ?? 0, `cut at ${length}`).toBe(kept.length);
      if (segment) expect(idsOf(files.only('.sealed')).join('')).toBe(kept);
      expect([...files.files.keys()].some((file) => file.endsWith('.open'))).toBe(false);
    }
  });

  it('sets damage in the middle aside, reports it, and keeps the place of the rows behind it', async () => {
    const files = new MemoryFiles();
    const bytes = Buffer.from(whole);
    bytes[records[0]!.length + 20]! ^= 4;
    await put(files, 'seg.sealed', bytes);
    const reported: string[] = [];
    const log = { ...silentLog, error: (message: string) => void reported.push(message) };
    const [segment] = (await recover(FOLDER, files, log)).segments;
    expect(segment).toMatchObject({ id: 'seg', recovered: true });
    expect(scan(files.only('.sealed'), 'seg').records.map(({ first_row }) => first_row)).toEqual([0, 3]);
    expect(files.only('.damaged').length).toBe(records[1]!.length);
    expect(reported).toHaveLength(1);
  });

  it('gives segments back oldest first and takes away what has no record', async () => {
    const files = new MemoryFiles();
    await put(files, '2b.open', wholeOf('2b'));
    await put(files, '1a.sealed', wholeOf('1a'));
    await put(files, '3c.open', Buffer.alloc(0));
    await put(files, '1a.sealed.half', Buffer.from('x'));
    expect((await recover(FOLDER, files, silentLog)).segments.map(({ id }) => id)).toEqual(['1a', '2b']);
    expect([...files.files.keys()].sort()).toEqual([`${FOLDER}/1a.sealed`, `${FOLDER}/2b.sealed`]);
  });

  it('does not load a segment twice when it died between rewriting it and removing the old file', async () => {
    const files = new MemoryFiles();
    await put(files, '1a.open', whole);
    await put(files, '1a.sealed', wholeOf('1a'));
    expect((await recover(FOLDER, files, silentLog)).segments).toHaveLength(1);
  });

  it('leaves out a sound record that is none of ours', async () => {
    const files = new MemoryFiles();
    await put(files, 'seg.open', Buffer.concat([encodeRecord(Buffer.from('not ours'), 0, 'seg'), whole]));
    const [segment] = (await recover(FOLDER, files, silentLog)).segments;
    expect(segment?.tally.waiting()).toBe(4);
  });

  it('sets a copy under another name aside, whole', async () => {
    const files = new MemoryFiles();
    await put(files, '1a.sealed', Buffer.concat([head('1a'), wholeOf('1a')]));
    await put(files, '2b.sealed', Buffer.concat([head('1a'), wholeOf('1a')]));
    const errors: object[] = [];
    const log = { ...silentLog, error: (_: string, fields?: object) => void errors.push(fields ?? {}) };
    expect((await recover(FOLDER, files, log)).segments.map(({ id }) => id)).toEqual(['1a']);
    expect(files.only('.damaged').equals(Buffer.concat([head('1a'), wholeOf('1a')]))).toBe(true);
    expect(errors).toEqual([{ segment: '2b', holds: '1a' }]);
  });

  it('names the segments that later ones follow and that are not here', async () => {
    const files = new MemoryFiles();
    await put(files, '2b.sealed', Buffer.concat([head('2b', '1a'), wholeOf('2b')]));
    await put(files, '3c.open', Buffer.concat([head('3c', '2b'), wholeOf('3c')]));
    await put(files, '5e.open', Buffer.concat([head('5e', '4d'), wholeOf('5e')]));
    await put(files, '4d.7.loaded', Buffer.concat([head('4d', '3c'), wholeOf('4d')]));
    const { absent, kept } = await recover(FOLDER, files, silentLog);
    expect(absent).toEqual(['1a']);
    expect(kept).toMatchObject([{ id: '4d', stored: 7 }]);
  });

  it('uses the records of a file whose head is damaged', async () => {
    const files = new MemoryFiles();
    const bytes = Buffer.concat([head('seg'), whole]);
    bytes[20]! ^= 1;
    await put(files, 'seg.open', bytes);
    const [segment] = (await recover(FOLDER, files, silentLog)).segments;
    expect(segment?.tally.waiting()).toBe(4);
    expect(idsOf(files.only('.sealed')).join('')).toBe('abcd');
  });
});
