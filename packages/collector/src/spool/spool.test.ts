import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { batchOf } from '../testing/batch.ts';
import { MemoryFiles } from '../testing/memory-files.ts';
import { until } from '../testing/until.ts';
import { readBatch, rowsOf } from './batch.ts';
import { SPOOL_LIMITS, type SpoolLimits } from './limits.ts';
import { scan } from './record.ts';
import { Spool } from './spool.ts';

const FOLDER = '/spool';

async function open(files: MemoryFiles, limits: Partial<SpoolLimits> = {}) {
  let now = Date.UTC(2026, 10, 22);
  let looks = 0;
  const spool = await Spool.open({
    folder: FOLDER,
    files,
    limits: { ...SPOOL_LIMITS, seal_age_ms: 1e9, ...limits },
    clock: () => {
      looks += 1;
      return now;
    },
    log: silentLog,
  });
  return { spool, pass: (ms: number) => (now += ms), looks: () => looks };
}

const idsIn = (bytes: Buffer) =>
  scan(bytes, '').records.flatMap(({ payload }) =>
    rowsOf(readBatch(payload)).map(({ event_id }) => event_id),
  );
const allIds = (files: MemoryFiles) => [...files.files.values()].flatMap(({ bytes }) => idsIn(bytes));
/** Holds up every sync until it is called. */
function gate(files: MemoryFiles): () => void {
  let open = () => {};
  files.syncGate = new Promise((resolve) => {
    open = resolve;
  });
  return () => open();
}
const failure = (code: string) => Object.assign(new Error(code), { code });

describe('the spool', () => {
  it('acknowledges only when the record is synced', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    await spool.append(batchOf('first'));
    const openGate = gate(files);
    let acknowledged = false;
    const appended = spool.append(batchOf('a')).then(() => {
      acknowledged = true;
    });
    await until(() => allIds(files).includes('a'));
    expect(acknowledged).toBe(false);
    expect(spool.tallies().map(({ tally }) => tally.waiting())).toEqual([1]);
    openGate();
    await appended;
    files.powerCut();
    expect(allIds(files)).toEqual(['first', 'a']);
  });

  it('writes what arrives while the disk is busy with one sync', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    await spool.append(batchOf('first'));
    const openGate = gate(files);
    const one = spool.append(batchOf('a'));
    await until(() => allIds(files).includes('a'));
    const others = ['b', 'c', 'd'].map((id) => spool.append(batchOf(id)));
    openGate();
    await Promise.all([one, ...others]);
    expect(spool.counts).toMatchObject({ syncs: 3, records: 5 });
  });

  it('goes on after short writes until all bytes are there', async () => {
    const files = new MemoryFiles();
    files.write_bytes_max = 7;
    const { spool } = await open(files);
    await spool.append(batchOf('a', 'b'));
    await spool.seal();
    expect(idsIn(files.only('.sealed'))).toEqual(['a', 'b']);
  });

  it('refuses everybody in a group whose sync failed, and never writes to that file again', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    await spool.append(batchOf('kept'));
    files.fail = (operation) => (operation === 'sync' ? failure('EIO') : undefined);
    const outcomes = await Promise.allSettled([spool.append(batchOf('x')), spool.append(batchOf('y'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    files.fail = () => undefined;
    expect(idsIn(files.only('.sealed'))).toEqual(['kept']);
    await spool.append(batchOf('later'));
    await spool.seal();
    const sealed = [...files.files].filter(([file]) => file.endsWith('.sealed'));
    expect(sealed.map(([, { bytes }]) => idsIn(bytes))).toEqual([['kept'], ['later']]);
  });

  it('seals a segment later whose rename failed, without a restart', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    files.fail = (operation) => (operation === 'rename' ? failure('EIO') : undefined);
    await spool.append(batchOf('earlier'));
    await spool.seal();
    expect(spool.waiting()).toEqual([]);
    files.fail = () => undefined;
    await spool.append(batchOf('later'));
    await spool.seal();
    await until(() => spool.waiting().length === 2);
    const bytes = spool.waiting().map(({ file }) => files.files.get(file)!.bytes);
    expect(bytes.map(idsIn)).toEqual([['earlier'], ['later']]);
  });

  it('says that the disk is full when a write takes no more bytes, and keeps what was acknowledged', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    await spool.append(batchOf('kept'));
    files.write_bytes_max = 0;
    await expect(spool.append(batchOf('lost'))).rejects.toMatchObject({
      name: 'SpoolError',
      reason: 'disk_full',
    });
    files.write_bytes_max = Number.POSITIVE_INFINITY;
    await spool.append(batchOf('later'));
    expect(idsIn(files.only('.sealed'))).toEqual(['kept']);
  });

  it('reads only sound records where a failed write could not be cut back', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    await spool.append(batchOf('kept'));
    let writes = 0;
    files.write_bytes_max = 10;
    files.fail = (operation) =>
      operation === 'truncate' || (operation === 'write' && ++writes > 2) ? failure('EIO') : undefined;
    await expect(spool.append(batchOf('torn'))).rejects.toMatchObject({ reason: 'failed' });
    expect(files.only('.sealed').length).toBeGreaterThan(scan(files.only('.sealed'), '').end);
    expect(idsIn(files.only('.sealed'))).toEqual(['kept']);
  });

  it('refuses when its bound is reached, and takes events again when a segment is gone', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files, { spool_bytes_max: 100 });
    await spool.append(batchOf('a'));
    expect(spool.hasRoom).toBe(false);
    await expect(spool.append(batchOf('b'))).rejects.toMatchObject({ reason: 'full' });
    await spool.seal();
    await spool.loaded(spool.waiting()[0]!, 1);
    await spool.append(batchOf('c'));
  });

  it('refuses while too little of the disk is free, and looks again after a second', async () => {
    const files = new MemoryFiles();
    files.free_bytes = 1_000;
    const { spool, pass } = await open(files);
    await expect(spool.append(batchOf('a'))).rejects.toMatchObject({ reason: 'disk_full' });
    files.free_bytes = 1e12;
    pass(1_000);
    await spool.append(batchOf('b'));
  });

  it.each([
    ['rows', { segment_rows_max: 2 }],
    ['bytes', { segment_bytes_max: 100 }],
    ['age', { seal_age_ms: 1 }],
  ])('seals a segment by its %s', async (_by, limits) => {
    const { spool } = await open(new MemoryFiles(), limits);
    await spool.append(batchOf('a', 'b'));
    await until(() => spool.backlog === 1);
  });

  it('lets a segment grow while an earlier one waits, up to its greatest age', async () => {
    const { spool, pass, looks } = await open(new MemoryFiles(), { seal_age_ms: 1, seal_age_ms_max: 60 });
    await spool.append(batchOf('a'));
    await until(() => spool.backlog === 1);
    await spool.append(batchOf('b'));
    // The timer looks at the clock each time it finds the segment too young.
    const before = looks();
    await until(() => looks() > before + 2);
    expect(spool.backlog).toBe(1);
    pass(60);
    await until(() => spool.backlog === 2);
  });

  it('hands segments out in the order of their events even when the clock is set back', async () => {
    const { spool, pass } = await open(new MemoryFiles());
    const ids: string[] = [];
    for (const event of ['a', 'b', 'c']) {
      await spool.append(batchOf(event));
      await spool.seal();
      pass(-3_600_000);
      ids.push(spool.waiting()[0]!.id);
      await spool.loaded(spool.waiting()[0]!, 1);
    }
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(3);
  });

  it('counts what waits by site and hour until the segment is gone', async () => {
    const { spool } = await open(new MemoryFiles());
    await spool.append({ ...batchOf('a', 'b'), refused: { bad_time: 3 } });
    await spool.seal();
    expect(spool.tallies().flatMap(({ tally }) => [...tally.entries()])).toEqual([
      ['shop1', '2026-11-22T03:00:00.000Z', { waiting: 2, refused: { bad_time: 3 } }],
    ]);
    await spool.loaded(spool.waiting()[0]!, 1);
    expect(spool.tallies()).toEqual([]);
  });

  it('closes with everything pending durable and sealed, and takes nothing after', async () => {
    const files = new MemoryFiles();
    const { spool } = await open(files);
    const pending = spool.append(batchOf('a'));
    await spool.close();
    await pending;
    await expect(spool.append(batchOf('b'))).rejects.toMatchObject({ reason: 'closed' });
    expect([...files.files.keys()].filter((file) => file.endsWith('.open'))).toEqual([]);
    expect(idsIn(files.only('.sealed'))).toEqual(['a']);
  });
});
