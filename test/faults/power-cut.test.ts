import type { Collector } from '@throughline/collector';
import type { Store } from '@throughline/store';
import { describe, expect } from 'vitest';
import { row } from './battery.ts';
import type { Chance } from './chance.ts';
import { collectorOf, post, tagBatch } from './collector.ts';
import { CrashDisk } from './crash-disk.ts';
import { inFolder } from './folder.ts';
import { eventId, memoryStore } from './memory-store.ts';

/** Segments of a few records, so that sealing, loading and removing are under way when the power goes. */
const LIMITS = { seal_age_ms: 1, seal_age_ms_max: 5, segment_rows_max: 12, segment_bytes_max: 8_192 };

/** Sends requests, several at a time, until the power is gone; notes what was acknowledged. */
async function sendUntilCut(
  collector: Collector,
  { chance, disk }: { chance: Chance; disk: CrashDisk },
): Promise<{ acknowledged: string[]; sent: number }> {
  const acknowledged: string[] = [];
  let sent = 0;
  const client = async () => {
    for (let request = 0; request < 20 && !disk.dead; request += 1) {
      const ids = Array.from({ length: chance.between(1, 4) }, () => eventId(sent++));
      const { status } = await post(collector, tagBatch(ids));
      if (status === 200) acknowledged.push(...ids);
      else expect(status).toBe(503);
    }
  };
  await Promise.all(Array.from({ length: chance.between(1, 5) }, client));
  return { acknowledged, sent };
}

/** Opens what is left and loads all of it; false when the power went before that. */
async function recovered(of: { store: Store; data_dir: string; disk: CrashDisk }): Promise<boolean> {
  const { store, data_dir, disk } = of;
  let collector: Collector;
  try {
    collector = await collectorOf({ store, data_dir, files: disk, limits: LIMITS });
  } catch (error) {
    if (!disk.dead) throw error;
    return false;
  }
  await Promise.race([collector.settled(), disk.gone]);
  await collector.close({ drain_ms_max: 0 });
  return !disk.dead;
}

describe('the battery', () => {
  row(
    'power cut',
    { short: 150, long: 10_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chanceOf }) =>
      inFolder(async (data_dir) => {
        let cuts_while_recovering = 0;
        for (; finding.runs < runs; finding.runs += 1) {
          const chance = chanceOf(finding.runs);
          const { store, events } = memoryStore();
          let disk = new CrashDisk(chance);
          disk.cut_at = chance.between(4, 120);
          const first = await collectorOf({ store, data_dir, files: disk, limits: LIMITS });
          const { acknowledged, sent } = await sendUntilCut(first, { chance, disk });
          disk.cut();
          await first.close({ drain_ms_max: 0 });
          do {
            disk = disk.afterwards(chance);
            // Recovery itself may be cut short, and again.
            if (chance.happens(0.3)) disk.cut_at = chance.between(1, 12);
            if (!(await recovered({ store, data_dir, disk }))) cuts_while_recovering += 1;
          } while (disk.dead);
          const lost = acknowledged.filter((id) => !events.has(id));
          finding.acknowledged += acknowledged.length;
          finding.lost += lost.length;
          expect(lost, `run ${finding.runs}`).toEqual([]);
          const invented = [...events.keys()].filter((id) => Number(id.slice(2)) >= sent);
          expect(invented, `run ${finding.runs}`).toEqual([]);
        }
        finding.also = { 'cut again while recovering': cuts_while_recovering };
      }),
  );
});
