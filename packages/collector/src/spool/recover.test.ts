import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { batchOf } from '../testing/batch.ts';
import { MemoryFiles } from '../testing/memory-files.ts';
import { decodeBatch, encodeBatch } from './batch.ts';
import { encodeRecord, scan } from './record.ts';
import { recover } from './recover.ts';

const FOLDER = '/spool';
const records = [
  encodeRecord(encodeBatch(batchOf('a', 'b')), 0),
  encodeRecord(encodeBatch(batchOf('c')), 2),
  encodeRecord(encodeBatch(batchOf('d')), 3),
];
const whole = Buffer.concat(records);
const put = (files: MemoryFiles, name: string, bytes: Buffer) => files.put(`${FOLDER}/${name}`, bytes);
const idsOf = (bytes: Buffer) => scan(bytes).records.flatMap(({ payload }) => decodeBatch(payload).event_ids);

describe('recovery', () => {
  it('keeps every whole record, at whichever byte the last write was cut off', async () => {
    const two = records[0]!.length + records[1]!.length;
    for (let length = 1; length <= whole.length; length += 1) {
      const files = new MemoryFiles();
      await put(files, 'seg.open', whole.subarray(0, length));
      const [segment, ...others] = await recover(FOLDER, files, silentLog);
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
    const [segment] = await recover(FOLDER, files, log);
    expect(segment).toMatchObject({ id: 'seg', recovered: true });
    expect(scan(files.only('.sealed')).records.map(({ first_row }) => first_row)).toEqual([0, 3]);
    expect(files.only('.damaged').length).toBe(records[1]!.length);
    expect(reported).toHaveLength(1);
  });

  it('gives segments back oldest first and takes away what has no record', async () => {
    const files = new MemoryFiles();
    await put(files, '2b.open', whole);
    await put(files, '1a.sealed', whole);
    await put(files, '3c.open', Buffer.alloc(0));
    await put(files, '1a.sealed.half', Buffer.from('x'));
    expect((await recover(FOLDER, files, silentLog)).map(({ id }) => id)).toEqual(['1a', '2b']);
    expect([...files.files.keys()].sort()).toEqual([`${FOLDER}/1a.sealed`, `${FOLDER}/2b.sealed`]);
  });

  it('does not load a segment twice when it died between rewriting it and removing the old file', async () => {
    const files = new MemoryFiles();
    await put(files, '1a.open', whole);
    await put(files, '1a.sealed', whole);
    expect(await recover(FOLDER, files, silentLog)).toHaveLength(1);
  });

  it('leaves out a sound record that is none of ours', async () => {
    const files = new MemoryFiles();
    await put(files, 'seg.open', Buffer.concat([encodeRecord(Buffer.from('not ours'), 0), whole]));
    const [segment] = await recover(FOLDER, files, silentLog);
    expect(segment?.tally.waiting()).toBe(4);
  });
});
