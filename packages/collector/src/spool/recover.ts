import path from 'node:path';
import { faultOf, type Log } from '../log.ts';
import { decodeBatch } from './batch.ts';
import type { SpoolFiles } from './files.ts';
import { scan } from './record.ts';
import { DAMAGED, OPEN, SEALED, Segment } from './segment.ts';
import { Tally } from './tally.ts';

/**
 * What an earlier process left behind, oldest first and all sealed: a write that was cut off is dropped (it was
 * never acknowledged), damage with sound records behind it is set aside in `<id>.damaged`, empty files go.
 */
export async function recover(folder: string, files: SpoolFiles, log: Log): Promise<Segment[]> {
  const found: Segment[] = [];
  const names = (await files.list(folder)).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    const rewritten = name.endsWith(OPEN) && names.includes(name.slice(0, -OPEN.length) + SEALED);
    if (name.endsWith('.half') || rewritten) {
      await files.remove(file);
      continue;
    }
    if (!name.endsWith(OPEN) && !name.endsWith(SEALED)) continue;
    const segment = await recoverFile(folder, name, files, log);
    if (segment) found.push(segment);
  }
  await files.syncFolder(folder);
  return found;
}

async function recoverFile(folder: string, name: string, files: SpoolFiles, log: Log) {
  const file = path.join(folder, name);
  const id = name.slice(0, name.lastIndexOf('.'));
  const bytes = await files.read(file);
  const { records, damaged, end } = scan(bytes);
  if (damaged.length > 0) {
    const aside = path.join(folder, id + DAMAGED);
    await files.put(aside, Buffer.concat(damaged.map((part) => bytes.subarray(part.start, part.end))));
    log.error('A spool segment is damaged; the damaged bytes are set aside and the rest is used.', {
      segment: id,
      damaged_bytes: damaged.reduce((sum, part) => sum + part.end - part.start, 0),
      records: records.length,
    });
  }
  if (records.length === 0) {
    await files.remove(file);
    return undefined;
  }
  const tally = new Tally();
  for (const { payload } of records) {
    try {
      tally.add(decodeBatch(payload));
    } catch (error) {
      log.error('A spool record cannot be read and is left out.', { segment: id, ...faultOf(error) });
    }
  }
  const sealed = path.join(folder, id + SEALED);
  if (damaged.length > 0 || end < bytes.length) {
    if (damaged.length === 0)
      log.info('A cut-off write was dropped from the spool.', { bytes: bytes.length - end });
    await files.put(sealed, Buffer.concat(records.map((record) => bytes.subarray(record.start, record.end))));
    if (sealed !== file) await files.remove(file);
  } else if (sealed !== file) {
    await files.rename(file, sealed);
  }
  return new Segment({ id, file: sealed, bytes: end, tally, recovered: true });
}
