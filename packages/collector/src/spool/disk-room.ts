import type { SpoolFiles } from './files.ts';
import type { Kept } from './kept.ts';
import { SpoolError, type SpoolLimits } from './limits.ts';

const LOOK_MS = 1_000;

export interface DiskRoomOptions {
  folder: string;
  files: SpoolFiles;
  limits: SpoolLimits;
  clock: () => number;
  /** Goes first when the disk is short. */
  kept: Kept;
}

/** Whether the disk has room for more, looked at once a second. */
export class DiskRoom {
  readonly #options: DiskRoomOptions;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #full = false;

  constructor(options: DiskRoomOptions) {
    this.#options = options;
  }

  /** As of the last look. */
  get full(): boolean {
    return this.#full;
  }

  /** Throws `SpoolError` when too little is free. */
  async check(): Promise<void> {
    const { clock, kept } = this.#options;
    const now = clock();
    if (Math.abs(now - this.#lookedAt) >= LOOK_MS) {
      this.#lookedAt = now;
      this.#full = await this.#isShort();
      if (this.#full && kept.bytes > 0) {
        await kept.clear();
        this.#full = await this.#isShort();
      }
    }
    if (this.#full) throw new SpoolError('disk_full', 'The disk has too little free space left.');
  }

  async #isShort(): Promise<boolean> {
    const { files, folder, limits } = this.#options;
    return (await files.freeBytes(folder)) < limits.free_bytes_min;
  }
}
