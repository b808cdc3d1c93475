import path from 'node:path';
import { faultOf, type Log } from '../log.ts';
import type { SpoolFiles } from './files.ts';
import type { SpoolLimits } from './limits.ts';
import { type KeptSegment, keptName, type Segment, segmentTime } from './segment.ts';

/**
 * Segments that are stored, kept for a while all the same: should the store lose what it had acknowledged, as a
 * server without fsync can at a power cut, they are loaded once more. Bounded by age and bytes, oldest first out.
 */
export class Kept {
  readonly #segments: KeptSegment[];
  readonly #files: SpoolFiles;
  readonly #limits: SpoolLimits;
  readonly #log: Log;
  #bytes: number;

  constructor(options: { segments: KeptSegment[]; files: SpoolFiles; limits: SpoolLimits; log: Log }) {
    this.#segments = options.segments;
    this.#files = options.files;
    this.#limits = options.limits;
    this.#log = options.log;
    this.#bytes = options.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get bytes(): number {
    return this.#bytes;
  }

  all(): readonly KeptSegment[] {
    return this.#segments;
  }

  /** Keeps a loaded segment, and lets those go that are too old or too many. */
  async add(segment: Segment, stored: number, now_ms: number): Promise<void> {
    const file = path.join(path.dirname(segment.file), keptName(segment.id, stored));
    try {
      await this.#files.rename(segment.file, file);
    } catch (error) {
      // A sealed file would be loaded again at the next start, perhaps after somebody in it was erased.
      await this.#files.remove(segment.file);
      throw error;
    }
    this.#segments.push({ id: segment.id, file, stored, bytes: segment.bytes });
    this.#bytes += segment.bytes;
    const { kept_ms_max, kept_bytes_max } = this.#limits;
    while (this.#segments.length > 0) {
      const age_ms = now_ms - segmentTime(this.#segments[0]!.id);
      if (age_ms <= kept_ms_max && this.#bytes <= kept_bytes_max) return;
      await this.#drop();
    }
  }

  /** Lets those go that were begun up to this time: they may tell of somebody who was erased then. */
  async dropUntil(ms: number): Promise<void> {
    while (this.#segments.length > 0 && segmentTime(this.#segments[0]!.id) <= ms) await this.#drop();
  }

  /** Lets all go: a person in them was erased, or the disk is short of room. */
  async clear(): Promise<void> {
    while (this.#segments.length > 0) await this.#drop();
  }

  /** Takes one out, to be loaded again. */
  take(id: string): KeptSegment | undefined {
    const at = this.#segments.findIndex((segment) => segment.id === id);
    const [taken] = at < 0 ? [] : this.#segments.splice(at, 1);
    if (taken) this.#bytes -= taken.bytes;
    return taken;
  }

  async #drop(): Promise<void> {
    const oldest = this.#segments.shift()!;
    this.#bytes -= oldest.bytes;
    try {
      await this.#files.remove(oldest.file);
    } catch (error) {
      this.#log.warn('A loaded segment’s file could not be removed; a restart tries again.', {
        segment: oldest.id,
        ...faultOf(error),
      });
    }
  }
}
