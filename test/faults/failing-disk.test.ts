import { describe, expect } from 'vitest';
import { row } from './battery.ts';
import type { Chance } from './chance.ts';
import { collectorOf, post, tagBatch } from './collector.ts';
import { CrashDisk, fault, type Operation } from './crash-disk.ts';
import { inFolder } from './folder.ts';
import { eventId, memoryStore } from './memory-store.ts';

const RESUMES_MS_MAX = 5_000;
const LIMITS = { seal_age_ms: 5, segment_rows_max: 40 };

/** Makes the disk fail in one of the ways disks do; gives back the word for it and the cure. */
function breakDisk(disk: CrashDisk, chance: Chance): { how: string; mend: () => void } {
  const on = (operation: Operation, code: string) => {
    disk.fail = (asked) => (asked === operation ? fault(code) : undefined);
  };
  const how = chance.pick([
    'sync EIO',
    'write ENOSPC',
    'short write',
    'no free bytes',
    'create ENOSPC',
  ] as const);
  if (how === 'sync EIO') on('sync', 'EIO');
  if (how === 'write ENOSPC') on('write', 'ENOSPC');
  // A full disk takes a part without a word, and refuses the rest.
  if (how === 'short write') {
    // Less than any record, so that the first write leaves some of it.
    disk.write_bytes_max = chance.between(1, 60);
    let writes = 0;
    disk.fail = (asked) => {
      if (asked !== 'write') return undefined;
      writes += 1;
      return writes > 1 ? fault('ENOSPC') : undefined;
    };
  }
  if (how === 'no free bytes') disk.free_bytes = 1_000;
  if (how === 'create ENOSPC') on('create', 'ENOSPC');
  return {
    how,
    mend: () => {
      disk.fail = () => undefined;
      disk.write_bytes_max = Number.POSITIVE_INFINITY;
      disk.free_bytes = 1e12;
    },
  };
}

describe('the battery', () => {
  row(
    'fsync EIO, disk full',
    { short: 60, long: 2_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chanceOf }) =>
      inFolder(async (data_dir) => {
        let slowest_ms = 0;
        let refused = 0;
        for (; finding.runs < runs; finding.runs += 1) {
          const chance = chanceOf(finding.runs);
          const disk = new CrashDisk(chance);
          const { store, events } = memoryStore();
          // A clock that jumps at every look: free disk is asked for anew each time.
          let now = Date.now();
          const clock = () => {
            now += 1_001;
            return new Date(now);
          };
          const collector = await collectorOf({ store, data_dir, files: disk, limits: LIMITS, clock });
          const acknowledged: string[] = [];
          let next = 0;
          const send = async () => {
            const ids = Array.from({ length: chance.between(1, 3) }, () => eventId(next++));
            const answer = await post(collector, tagBatch(ids));
            if (answer.status === 200) acknowledged.push(...ids);
            else {
              expect(answer.status).toBe(503);
              expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
              refused += 1;
            }
            return answer.status;
          };
          const burst = () => Promise.all(Array.from({ length: chance.between(1, 6) }, send));

          await burst();
          const before = acknowledged.length;
          const { how, mend } = breakDisk(disk, chance);
          const statuses = await burst();
          // The file at hand may be made already, and needs nothing of `create`.
          if (how !== 'create ENOSPC') {
            expect(new Set(statuses), `run ${finding.runs}: ${how}`).toEqual(new Set([503]));
            expect(acknowledged).toHaveLength(before);
          }
          const begun = performance.now();
          mend();
          while ((await send()) !== 200)
            expect(performance.now() - begun, `run ${finding.runs}: ${how}`).toBeLessThan(RESUMES_MS_MAX);
          slowest_ms = Math.max(slowest_ms, performance.now() - begun);
          await burst();

          // What was said to be durable is what a power cut leaves.
          const left = disk.afterwards(chance);
          await collector.close({ drain_ms_max: 0 });
          const after = await collectorOf({ store, data_dir, files: left });
          await after.settled();
          await after.close({ drain_ms_max: 0 });
          finding.acknowledged += acknowledged.length;
          const lost = acknowledged.filter((id) => !events.has(id));
          finding.lost += lost.length;
          expect(lost, `run ${finding.runs}: ${how}`).toEqual([]);
        }
        finding.also = { 'answered 503': refused, 'resumes within ms': Math.ceil(slowest_ms) };
      }),
  );
});
