import path from 'node:path';
import type { SpoolView } from '@throughline/contract';
import type { SpoolFiles } from './files.ts';
import { DAMAGED } from './segment.ts';
import type { Spool } from './spool.ts';

/** What is in the spool's folder, for whoever looks after the machine. */
export async function spoolReport(
  spool: Spool,
  { files, folder, missing }: { files: SpoolFiles; folder: string; missing: readonly string[] },
): Promise<Omit<SpoolView, 'dead_letters'>> {
  const damaged: SpoolView['damaged'] = [];
  for (const name of (await files.list(folder)).sort())
    if (name.endsWith(DAMAGED))
      damaged.push({ file: name, bytes: await files.size(path.join(folder, name)) });
  return {
    segments: spool.backlog,
    bytes: spool.bytes,
    room: spool.room,
    kept_segments: spool.kept.all().length,
    kept_bytes: spool.kept.bytes,
    damaged,
    missing: [...missing],
  };
}
