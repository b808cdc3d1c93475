import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Store, StoreError } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Finding, row, type Tools } from './battery.ts';
import { unaccounted } from './books.ts';
import type { Chance } from './chance.ts';
import { collectorOf, listeningLog, oneShop, post, SHOP, tagBatch } from './collector.ts';
import { inFolder } from './folder.ts';
import { EndedEarly, killServers, startServer } from './server.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => {
  await killServers();
  await store?.close();
});

const SEGMENTS = 5;
const EVENTS = 10;

/** A store that is not there. */
const away = new Proxy({ kind: 'server' } as Store, {
  get: (target, name) =>
    name === 'kind' || name === 'then'
      ? Reflect.get(target, name)
      : async () => {
          if (name === 'close') return;
          throw new StoreError('Nobody answers.', { ambiguous: false });
        },
});

/** Fills a spool with sealed segments of ten events each while the store is away, and gives their files by age. */
async function filled(
  data_dir: string,
  site: string,
): Promise<{ files: string[]; idsOf: (at: number) => string[] }> {
  const sites = { ...oneShop, find: async () => ({ ...SHOP, site }) };
  const limits = { segment_rows_max: EVENTS };
  const collector = await collectorOf({ store: away, data_dir, sites, limits });
  const idsOf = (at: number) => Array.from({ length: EVENTS }, (_, n) => `${site}-${at}-${n}`);
  for (let at = 0; at < SEGMENTS; at += 1)
    expect((await post(collector, tagBatch(idsOf(at), { site }))).status).toBe(200);
  await collector.close({ drain_ms_max: 0 });
  const spool = path.join(data_dir, 'spool');
  const files = (await readdir(spool)).filter((name) => name.endsWith('.sealed')).sort();
  expect(files).toHaveLength(SEGMENTS);
  return { files: files.map((name) => path.join(spool, name)), idsOf };
}

/** Loads what the folder holds; gives what was said on the way and which events are stored how often. */
async function loaded(data_dir: string, site: string) {
  const log = listeningLog();
  const sites = { ...oneShop, find: async () => ({ ...SHOP, site }) };
  const collector = await collectorOf({ store, data_dir, sites, log });
  await collector.settled();
  expect(unaccounted(await collector.ledger(site))).toBe(0);
  await collector.close();
  const rows = await store.query<{ event_id: string; rows: number }>({
    sql: 'SELECT event_id, count() AS rows FROM events WHERE site = {site:String} GROUP BY event_id',
    params: { site },
  });
  return { said: log.said, stored: new Map(rows.map(({ event_id, rows: count }) => [event_id, count])) };
}

type Damage = (file: string, chance: Chance) => Promise<void>;

interface Damaging {
  finding: Finding;
  chance: Chance;
  /** Whether the events of the one that is hit may be gone. */
  mayLose: boolean;
  /** Which is hit, by age; default: any. */
  which?: { from: number; to: number };
}

/** Damages one segment of several; everything in the others must come through. */
async function withOneDamaged(
  { finding, chance, mayLose, which }: Damaging,
  damage: Damage,
): Promise<string[]> {
  return inFolder(async (data_dir) => {
    const site = `s${chance.between(0, 1e9)}`;
    const { files, idsOf } = await filled(data_dir, site);
    const hit = chance.between(which?.from ?? 0, which?.to ?? SEGMENTS - 1);
    await damage(files[hit]!, chance);
    const { said, stored } = await loaded(data_dir, site);
    for (let at = 0; at < SEGMENTS; at += 1) {
      if (at === hit && mayLose) continue;
      finding.acknowledged += EVENTS;
      finding.lost += idsOf(at).filter((id) => !stored.has(id)).length;
    }
    finding.doubled += [...stored.values()].filter((count) => count > 1).length;
    finding.runs += 1;
    return said;
  });
}

const FORMS = { short: 3, long: 100, short_s_max: 240, long_s_max: 3_600 };

describe('the battery', () => {
  row('damaged segment', FORMS, async ({ finding, runs, chanceOf }) => {
    for (let run = 0; run < runs; run += 1) {
      let where = '';
      const said = await withOneDamaged(
        { finding, chance: chanceOf(run), mayLose: true },
        async (file, chance) => {
          const bytes = await readFile(file);
          const at = chance.between(0, bytes.length - 1);
          bytes[at]! ^= 1 << chance.between(0, 7);
          where = `a bit of byte ${at} of ${bytes.length}`;
          await writeFile(file, bytes);
        },
      );
      expect(said, `run ${run}: ${where}`).toHaveLength(1);
      finding.also = { told: said[0]! };
    }
  });

  row('doubled segment', FORMS, async ({ finding, runs, chanceOf }) => {
    for (let run = 0; run < runs; run += 1) {
      const said = await withOneDamaged({ finding, chance: chanceOf(run), mayLose: false }, async (file) => {
        // The same bytes under another name of the same form: its last letter before the ending is another.
        const twin = file.replace(
          /(\w)(\.sealed)$/,
          (_all, last: string, end: string) => `${last === 'a' ? 'b' : 'a'}${end}`,
        );
        await cp(file, twin);
      });
      expect(said, `run ${run}: that a segment is there twice must be told`).toHaveLength(1);
      finding.also = { told: said[0]! };
    }
  });

  const missing = (which: { from: number; to: number }) => async (tools: Tools) => {
    const { finding, runs, chanceOf } = tools;
    for (let run = 0; run < runs; run += 1) {
      const of = { finding, chance: chanceOf(run), mayLose: true, which };
      const said = await withOneDamaged(of, (file) => rm(file));
      expect(said, `run ${run}: that acknowledged events are gone must be told`).toHaveLength(1);
      finding.also = { told: said[0]! };
    }
  };
  row('missing segment', FORMS, missing({ from: 0, to: SEGMENTS - 2 }));
  row('missing segment, the newest', FORMS, missing({ from: SEGMENTS - 1, to: SEGMENTS - 1 }));

  row('second process on the folder', { ...FORMS, short: 1, long: 20 }, ({ finding, runs }) =>
    inFolder(async (data_dir) => {
      const server = await startServer({ data_dir });
      const sent = async (id: string) => {
        const answer = await fetch(`${server.url}/e`, {
          method: 'POST',
          body: tagBatch([id], { site: server.site }),
        });
        expect(answer.status).toBe(200);
      };
      for (; finding.runs < runs; finding.runs += 1) {
        const second = await startServer({ data_dir }).catch((error: unknown) => error);
        expect(second).toBeInstanceOf(EndedEarly);
        const { ended, errors } = second as EndedEarly;
        expect(ended.code).toBe(1);
        expect(errors.trim().split('\n')).toHaveLength(1);
        expect(errors).toMatch(/in use|held by another process/);
        finding.also = { exit: 1, told: errors.trim().replace(data_dir, '<DATA_DIR>') };
        // The first one goes on as if nothing had been.
        await sent(`after${finding.runs}`);
        finding.acknowledged += 1;
      }
      expect((await server.stop()).code).toBe(0);
    }),
  );
});
