import path from 'node:path';
import { faultOf, type Log } from '../log.ts';
import { readBatch } from './batch.ts';
import type { SpoolFiles } from './files.ts';
import { isZero, type Scan, scan } from './record.ts';
import {
  DAMAGED,
  type KeptSegment,
  LOADED,
  MISSING,
  NEWEST,
  OPEN,
  readKeptName,
  SEALED,
  Segment,
} from './segment.ts';
import { Tally } from './tally.ts';

/** What an earlier process left behind. */
export interface Recovered {
  /** To be loaded, oldest first, all sealed. */
  segments: Segment[];
  kept: KeptSegment[];
  /** Segments that a later one names as begun before it, and that are not here: loaded and gone, or missing. */
  absent: string[];
}

/**
 * Takes stock of the folder. A write that was cut off is dropped (it was never acknowledged), damage with sound records
 * behind it is set aside in `<id>.damaged`, and so is a file that holds another segment than its name says; empty files
 * go.
 */
export async function recover(folder: string, files: SpoolFiles, log: Log): Promise<Recovered> {
  const recovered: Recovered = { segments: [], kept: [], absent: [] };
  const names = (await files.list(folder)).sort();
  const here = new Set(
    names.filter((name) => !name.endsWith(MISSING)).map((name) => name.slice(0, name.indexOf('.'))),
  );
  /** Segments that must have been here: those that others follow, and the last one at an orderly end. */
  const before = new Set<string>();
  for (const name of names) {
    const file = path.join(folder, name);
    const rewritten = name.endsWith(OPEN) && names.includes(name.slice(0, -OPEN.length) + SEALED);
    if (name.endsWith('.half') || rewritten) {
      await files.remove(file);
      continue;
    }
    if (name.endsWith(MISSING)) {
      const id = name.slice(0, -MISSING.length);
      if (here.has(id)) await files.remove(file);
      else before.add(id);
    }
    const kept = name.endsWith(LOADED) ? readKeptName(name) : undefined;
    if (kept) recovered.kept.push({ ...kept, file, bytes: await files.size(file) });
    if (!name.endsWith(OPEN) && !name.endsWith(SEALED)) continue;
    const found = await recoverFile(folder, name, files, log);
    if (!found) continue;
    if (found.segment) recovered.segments.push(found.segment);
    before.add(found.previous);
  }
  if (names.includes(NEWEST)) before.add((await files.read(path.join(folder, NEWEST))).toString('utf8'));
  for (const id of before) if (id !== '' && !here.has(id)) recovered.absent.push(id);
  await files.syncFolder(folder);
  return recovered;
}

async function recoverFile(folder: string, name: string, files: SpoolFiles, log: Log) {
  const file = path.join(folder, name);
  const id = name.slice(0, name.lastIndexOf('.'));
  const bytes = await files.read(file);
  const found = scan(bytes, id);
  const { head, records, damaged, end } = found;
  const rest = !isZero(bytes, end, bytes.length);
  // A sealed file has no write that was cut off: what cannot be read at its end was a record.
  const broken = name.endsWith(SEALED) && rest && !damaged.some((part) => part.end > end);
  if (broken) damaged.push({ start: end, end: bytes.length });
  if (head && head.segment !== id) {
    await setAside(folder, id, [bytes], files);
    await files.remove(file);
    log.error('A spool file holds another segment than its name says; it is a copy, and set aside.', {
      segment: id,
      holds: head.segment,
    });
    return undefined;
  }
  if (damaged.length > 0) {
    await setAside(
      folder,
      id,
      damaged.map((part) => bytes.subarray(part.start, part.end)),
      files,
    );
    log.error('A spool segment is damaged; the damaged bytes are set aside and the rest is used.', {
      segment: id,
      damaged_bytes: damaged.reduce((sum, part) => sum + part.end - part.start, 0),
      records: records.length,
    });
  }
  const previous = head?.previous ?? '';
  if (records.length === 0) {
    await files.remove(file);
    return { segment: undefined, previous };
  }
  const tally = tallyOf(id, found, log);
  const sealed = path.join(folder, id + SEALED);
  if (damaged.length > 0 || end < bytes.length) {
    if (damaged.length === 0 && rest)
      log.info('A cut-off write was dropped from the spool.', { bytes: bytes.length - end });
    const sound = records.map((record) => bytes.subarray(record.start, record.end));
    const begin = head ? [bytes.subarray(0, found.begin)] : [];
    await files.put(sealed, Buffer.concat([...begin, ...sound]));
    if (sealed !== file) await files.remove(file);
  } else if (sealed !== file) {
    await files.rename(file, sealed);
  }
  const size = records.reduce((sum, record) => sum + record.end - record.start, head ? found.begin : 0);
  return {
    segment: new Segment({ id, file: sealed, bytes: size, tally, recovered: true }),
    previous,
  };
}

/** Adds to what was set aside of the segment before. */
async function setAside(folder: string, id: string, parts: readonly Buffer[], files: SpoolFiles) {
  const aside = path.join(folder, id + DAMAGED);
  const before = (await files.list(folder)).includes(id + DAMAGED) ? [await files.read(aside)] : [];
  await files.put(aside, Buffer.concat([...before, ...parts]));
}

/** What sound records count. */
export function tallyOf(segment: string, { records }: Pick<Scan, 'records'>, log: Log): Tally {
  const tally = new Tally();
  for (const { payload } of records) {
    try {
      tally.add(readBatch(payload));
    } catch (error) {
      log.error('A spool record cannot be read and is left out.', { segment, ...faultOf(error) });
    }
  }
  return tally;
}
