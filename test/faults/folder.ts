import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A data folder for one row, and its end. */
export async function inFolder<Result>(work: (data_dir: string) => Promise<Result>): Promise<Result> {
  const data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-fault-'));
  try {
    return await work(data_dir);
  } finally {
    // An engine whose server was killed may still be writing its last.
    await rm(data_dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
