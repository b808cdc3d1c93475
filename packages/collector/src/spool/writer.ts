import path from 'node:path';
import type { SpoolFile, SpoolFiles } from './files.ts';
import { OPEN, SEALED, Segment } from './segment.ts';
import { Tally } from './tally.ts';

/** The segment that is being written. Everything up to `bytes` is durable. */
export class SegmentWriter {
  readonly id: string;
  readonly tally = new Tally();
  rows = 0;
  bytes = 0;
  /** When the first record became durable. */
  begun_ms: number | undefined;
  readonly #folder: string;
  readonly #files: SpoolFiles;
  readonly #file: SpoolFile;

  private constructor(of: { id: string; folder: string; files: SpoolFiles; file: SpoolFile }) {
    this.id = of.id;
    this.#folder = of.folder;
    this.#files = of.files;
    this.#file = of.file;
  }

  /** Makes the file and its name durable, so that a record in it costs one fdatasync and nothing more. */
  static async create(folder: string, id: string, files: SpoolFiles): Promise<SegmentWriter> {
    const file = await files.create(path.join(folder, id + OPEN));
    await files.syncFolder(folder);
    return new SegmentWriter({ id, folder, files, file });
  }

  /** Appends and syncs. On an error nothing of `bytes` counts, and this writer must not be used again but to seal. */
  async append(bytes: Buffer): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const more = await this.#file.write(bytes, written, this.bytes + written);
      // A disk that takes nothing and says nothing would keep us here for ever.
      if (more <= 0) throw Object.assign(new Error('The disk took no more bytes.'), { code: 'ENOSPC' });
      written += more;
    }
    await this.#file.sync();
    this.bytes += bytes.length;
  }

  /** Cuts a failed append off. Even if that fails too, a reader stops at the last sound record. */
  async cutBack(): Promise<void> {
    await this.#file.truncate(this.bytes);
  }

  /** Closes the file for good. Undefined when nothing was in it. */
  async seal(): Promise<Segment | undefined> {
    await this.#file.close();
    const open = path.join(this.#folder, this.id + OPEN);
    if (this.bytes === 0) {
      await this.#files.remove(open);
      return undefined;
    }
    // No sync of the folder: should the rename be undone by a power cut, recovery does it again.
    const sealed = path.join(this.#folder, this.id + SEALED);
    await this.#files.rename(open, sealed);
    return new Segment({ id: this.id, file: sealed, bytes: this.bytes, tally: this.tally, recovered: false });
  }
}
