import { describe, expect } from 'vitest';
import { LONG, row } from './battery.ts';
import { Chance } from './chance.ts';
import { collectorOf, post, tagBatch } from './collector.ts';
import { CrashDisk } from './crash-disk.ts';
import { inFolder } from './folder.ts';
import { eventId, memoryStore } from './memory-store.ts';

/** Events in the last record. */
const SIZES = [1, 20, 200];
const EARLIER = [eventId(1), eventId(2), eventId(3)];
const QUIET = { seal_age_ms: 1e9, seal_age_ms_max: 1e9 };

const HEAD_BYTES = 16;

interface Written {
  name: string;
  bytes: Buffer;
  /** Where the last record begins and ends; behind it the file is zeros. */
  tail: number;
  end: number;
  last: string[];
}

/** Where the records of a file end: each tells its length behind its four letters. */
function endOf(bytes: Buffer): number {
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length && bytes[at] !== 0) at += HEAD_BYTES + bytes.readUInt32LE(at + 4);
  return at;
}

/** The file after three small requests and one of `size` events, as a crash leaves it. */
async function written(data_dir: string, size: number): Promise<Written> {
  const disk = new CrashDisk(new Chance('written'));
  const { store } = memoryStore();
  const collector = await collectorOf({ store, data_dir, files: disk, limits: QUIET });
  for (const id of EARLIER) expect((await post(collector, tagBatch([id]))).status).toBe(200);
  const [before] = [...disk.contents()].sort(([, a], [, b]) => endOf(b) - endOf(a));
  const tail = endOf(before![1]);
  const last = Array.from({ length: size }, (_, n) => eventId(1_000 + n));
  expect((await post(collector, tagBatch(last))).status).toBe(200);
  const bytes = Buffer.from(disk.contents().get(before![0])!);
  disk.cut();
  await collector.close({ drain_ms_max: 0 });
  return { name: before![0], bytes, tail, end: endOf(bytes), last };
}

/** What a new process loads when it finds this file. */
async function loadedFrom(data_dir: string, name: string, bytes: Buffer) {
  const disk = new CrashDisk(new Chance('loaded'));
  disk.place(name, bytes);
  const { store, events, inserts } = memoryStore();
  const collector = await collectorOf({ store, data_dir, files: disk });
  await collector.settled();
  await collector.close({ drain_ms_max: 0 });
  return { events, text: inserts.join('') };
}

describe('the battery', () => {
  row(
    'torn tail',
    // A stride over the bytes in the short form, every one of them in the long.
    { short: 37, long: 1, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs: stride, chance }) =>
      inFolder(async (data_dir) => {
        const sizes: number[] = [];
        for (const size of SIZES) {
          const { name, bytes, tail, end, last } = await written(data_dir, size);
          const whole = await loadedFrom(data_dir, name, bytes);
          expect([...whole.events.keys()].sort()).toEqual([...EARLIER, ...last].sort());
          sizes.push(end - tail);
          const first = LONG ? 0 : chance.between(0, stride - 1);
          for (let at = tail + first; at < end; at += stride) {
            const flipped = Buffer.from(bytes);
            flipped[at]! ^= 1 << chance.between(0, 7);
            const unwritten = Buffer.from(bytes).fill(0, at);
            for (const damaged of [bytes.subarray(0, at), unwritten, flipped]) {
              finding.runs += 1;
              finding.acknowledged += EARLIER.length;
              const { events, text } = await loadedFrom(data_dir, name, damaged);
              const where = `byte ${at - tail} of ${end - tail}`;
              finding.lost += EARLIER.filter((id) => !events.has(id)).length;
              finding.doubled += [...events.values()].filter((count) => count > 1).length;
              // The last record comes back as it was written, or not at all.
              if (events.size > EARLIER.length) expect(text, where).toBe(whole.text);
              else expect([...events.keys()].sort(), where).toEqual(EARLIER);
            }
          }
        }
        finding.also = { 'bytes of the last records': sizes.join(' ') };
      }),
  );
});
