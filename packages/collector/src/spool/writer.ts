import path from 'node:path';
import type { SpoolFile, SpoolFiles } from './files.ts';
import { encodeHead } from './record.ts';
import { OPEN, SEALED, Segment } from './segment.ts';
import { Tally } from './tally.ts';

/** Zeros are written in pieces, so that a record that is to be synced meanwhile does not wait for all of them. */
const ROOM_PIECE = Buffer.alloc(256 * 1024);

/**
 * The segment that is being written. Everything up to `bytes` is durable. Behind it lies room made of zeros: a write
 * into bytes that the file has already needs no word to the file system's journal, whose commits wait for everything
 * else that ClickHouse creates and removes on that disk.
 */
export class SegmentWriter {
  readonly id: string;
  readonly tally = new Tally();
  rows = 0;
  bytes: number;
  readonly #headBytes: number;
  /** When the first record became durable. */
  begun_ms: number | undefined;
  readonly #folder: string;
  readonly #files: SpoolFiles;
  readonly #file: SpoolFile;
  #closed = false;

  private constructor(of: { id: string; folder: string; files: SpoolFiles; file: SpoolFile; bytes: number }) {
    this.id = of.id;
    this.bytes = of.bytes;
    this.#headBytes = of.bytes;
    this.#folder = of.folder;
    this.#files = of.files;
    this.#file = of.file;
  }

  /** Makes the file, its head and its name durable, so that a record in it costs one sync and nothing more. */
  static async create(
    folder: string,
    { id, previous, room_bytes }: { id: string; previous: string; room_bytes: number },
    files: SpoolFiles,
  ): Promise<SegmentWriter> {
    const file = await files.create(path.join(folder, id + OPEN));
    const head = encodeHead({ segment: id, previous });
    try {
      await writeAll(file, head, 0);
      for (let at = head.length; at < room_bytes; at += ROOM_PIECE.length)
        await writeAll(file, ROOM_PIECE.subarray(0, room_bytes - at), at);
      await file.sync();
      await files.syncFolder(folder);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new SegmentWriter({ id, folder, files, file, bytes: head.length });
  }

  get file(): string {
    return path.join(this.#folder, this.id + OPEN);
  }

  /** Whether it holds no record. */
  get empty(): boolean {
    return this.bytes === this.#headBytes;
  }

  /** Appends and syncs. On an error nothing of `bytes` counts, and this writer must not be used again but to seal. */
  async append(bytes: Buffer): Promise<void> {
    await writeAll(this.#file, bytes, this.bytes);
    await this.#file.sync();
    this.bytes += bytes.length;
  }

  /** Cuts a failed append off. Even if that fails too, a reader stops at the last sound record. */
  async cutBack(): Promise<void> {
    await this.#file.truncate(this.bytes);
  }

  /** Gives the room back that was not used; should that fail, a reader stops at the zeros. */
  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (!this.empty) await this.#file.truncate(this.bytes);
    } catch {
    } finally {
      await this.#file.close();
    }
  }

  /** Closes the file for good; can be tried again. Undefined when nothing was in it. */
  async seal(): Promise<Segment | undefined> {
    await this.#close();
    if (this.empty) {
      await this.#files.remove(this.file);
      return undefined;
    }
    // No sync of the folder: should the rename be undone by a power cut, recovery does it again.
    const sealed = path.join(this.#folder, this.id + SEALED);
    await this.#files.rename(this.file, sealed);
    return new Segment({ id: this.id, file: sealed, bytes: this.bytes, tally: this.tally, recovered: false });
  }
}

async function writeAll(file: SpoolFile, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const more = await file.write(bytes, written, position + written);
    // A disk that takes nothing and says nothing would keep us here for ever.
    if (more <= 0) throw Object.assign(new Error('The disk took no more bytes.'), { code: 'ENOSPC' });
    written += more;
  }
}
