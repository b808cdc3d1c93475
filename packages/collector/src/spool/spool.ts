import path from 'node:path';
import { faultOf, type Log } from '../log.ts';
import type { Batch } from './batch.ts';
import { DiskRoom } from './disk-room.ts';
import type { SpoolFiles } from './files.ts';
import { Group } from './group.ts';
import { Kept } from './kept.ts';
import { roomFor, SpoolError, type SpoolLimits } from './limits.ts';
import { scan } from './record.ts';
import { type Recovered, recover, tallyOf } from './recover.ts';
import { type KeptSegment, NEWEST, newSegmentId, SEALED, Segment } from './segment.ts';
import type { Tally } from './tally.ts';
import { SegmentWriter } from './writer.ts';

/**
 * Events between acknowledgement and ClickHouse: append-only segment files in one folder, one writer.
 *
 * - A record is durable before its append resolves: the records that arrive while the disk is busy share the
 *   next write and fdatasync (group commit).
 * - A segment is sealed by age, rows or bytes, and is immutable from then on: it is what the loader loads.
 * - After a failed write or sync the file gets nothing more. It is cut back to what was acknowledged and
 *   sealed, its waiters are told, and the next append begins a new file.
 * - Bounds are in limits.ts; formats in record.ts and batch.ts; what a restart does in recover.ts.
 */
export interface SpoolOptions {
  folder: string;
  files: SpoolFiles;
  limits: SpoolLimits;
  clock: () => number;
  log: Log;
}

export interface SpoolCounts {
  syncs: number;
  records: number;
  failures: number;
}

export class Spool {
  readonly counts: SpoolCounts = { syncs: 0, records: 0, failures: 0 };
  readonly #options: SpoolOptions;
  /** Loaded segments that stay for a while. */
  readonly kept: Kept;
  /** Segments that were here once, by the heads of later ones, and may be missing. */
  readonly absent: string[];
  readonly #room: DiskRoom;
  readonly #sealed: Segment[];
  #sealedBytes: number;
  /** The last takes what comes; those before it are full. */
  #groups: Group[] = [];
  /** The group that was written last, emptied, to be used again. */
  #idleGroup: Group | undefined;
  #pendingBytes = 0;
  #writer: SegmentWriter | undefined;
  /** Closed for writing and not among the sealed ones yet; longer when a rename fails. */
  #sealing: SegmentWriter[] = [];
  /** The next file, made ready while nobody waits for it. */
  #spare: Promise<SegmentWriter> | undefined;
  #running: Promise<void> | undefined;
  #sealWanted = false;
  #sealTimer: NodeJS.Timeout | undefined;
  #lastId = '';
  /** The last segment that holds records. */
  #lastFull = '';
  /** Of it. */
  #lastBytes = 0;
  #closed = false;
  /** Told after every sealing. */
  onSealed: () => void = () => {};

  private constructor(options: SpoolOptions, { segments, kept, absent }: Recovered) {
    this.#options = options;
    this.#sealed = segments;
    this.#sealedBytes = segments.reduce((sum, { bytes }) => sum + bytes, 0);
    this.kept = new Kept({ ...options, segments: kept });
    this.#room = new DiskRoom({ ...options, kept: this.kept });
    this.absent = absent;
    this.#lastId = [...segments, ...kept].reduce((last, { id }) => (id > last ? id : last), '');
  }

  /** Opens the folder, which exists and is locked by the caller, and recovers what is in it. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(options, await recover(options.folder, options.files, options.log));
    spool.#lastFull = spool.#lastId;
    spool.#spare = spool.#newWriter();
    // Whoever needs the file first meets the failure; here it must only not go unhandled.
    spool.#spare.catch(() => undefined);
    return spool;
  }

  /** Bytes on disk and on their way there. */
  get bytes(): number {
    const open = [...this.#sealing, ...(this.#writer ? [this.#writer] : [])];
    return open.reduce((sum, { bytes }) => sum + bytes, this.#sealedBytes + this.#pendingBytes);
  }

  /** The share of the spool's bound that is free, 0 to 1. */
  get room(): number {
    return Math.max(0, 1 - this.bytes / this.#options.limits.spool_bytes_max);
  }

  /** Whether the next event would be taken. */
  get hasRoom(): boolean {
    return !this.#closed && !this.#room.full && this.bytes < this.#options.limits.spool_bytes_max;
  }

  /** Sealed segments that wait for the loader. */
  get backlog(): number {
    return this.#sealed.length;
  }

  /** What the ledger table does not hold yet, oldest first. */
  tallies(): { segment: string; tally: Tally }[] {
    const tallies = this.#sealed.map(({ id, tally }) => ({ segment: id, tally }));
    for (const writer of [...this.#sealing, ...(this.#writer ? [this.#writer] : [])])
      tallies.push({ segment: writer.id, tally: writer.tally });
    return tallies;
  }

  /** Segments of an earlier process that still wait. */
  recovered(): string[] {
    return this.#sealed.filter((segment) => segment.recovered).map(({ id }) => id);
  }

  /**
   * Resolves when the batch is durable. Rejects with a SpoolError when it is not and never will be. `committed` is
   * called in the very moment in which the tally begins to count the batch.
   */
  append(batch: Batch, committed?: () => void): Promise<void> {
    const { limits } = this.#options;
    if (this.#closed) return refused('closed', 'The spool is closed.');
    if (this.bytes >= limits.spool_bytes_max || this.#pendingBytes >= limits.pending_bytes_max)
      return refused('full', 'The spool is full: events arrive faster than ClickHouse takes them.');
    return new Promise((resolve, reject) => {
      this.#pendingBytes += this.#group().add(batch, { committed, resolve, reject });
      this.#wake();
    });
  }

  /** The group that takes what comes. */
  #group(): Group {
    const last = this.#groups.at(-1);
    if (last && last.bytes < this.#options.limits.group_bytes_max) return last;
    const group = this.#idleGroup ?? new Group();
    this.#idleGroup = undefined;
    this.#groups.push(group);
    return group;
  }

  /** Seals what is written so far, after everything that is pending. */
  async seal(): Promise<void> {
    this.#sealWanted = true;
    this.#wake();
    await this.#running;
  }

  /** Sealed segments that wait, oldest first. */
  waiting(): readonly Segment[] {
    return this.#sealed;
  }

  /** Files that hold events which wait, and how much of each is written. */
  waitingFiles(): { file: string; bytes: number }[] {
    const open = [...this.#sealing, ...(this.#writer ? [this.#writer] : [])];
    return [...this.#sealed, ...open].map(({ file, bytes }) => ({ file, bytes }));
  }

  /** Everything derived from the segment is stored: its tally stops counting at once, and its file is kept for a while. */
  async loaded(segment: Segment, stored: number): Promise<void> {
    const at = this.#sealed.indexOf(segment);
    if (at >= 0) {
      this.#sealed.splice(at, 1);
      this.#sealedBytes -= segment.bytes;
    }
    try {
      await this.kept.add(segment, stored, this.#options.clock());
    } catch (error) {
      this.#options.log.warn('A loaded segment’s file could not be kept.', {
        segment: segment.id,
        ...faultOf(error),
      });
    }
  }

  /** Puts a kept segment back among those that wait, because the store has lost rows of it. */
  async again({ id, file }: KeptSegment): Promise<void> {
    const { files, folder, log } = this.#options;
    const taken = this.kept.take(id);
    if (!taken) return;
    const sealed = path.join(path.resolve(folder), id + SEALED);
    const tally = tallyOf(id, scan(await files.read(file), id), log);
    await files.rename(file, sealed);
    this.#sealed.push(new Segment({ id, file: sealed, bytes: taken.bytes, tally, recovered: true }));
    this.#sealed.sort(byId);
    this.#sealedBytes += taken.bytes;
    this.onSealed();
  }

  /** Takes nothing more; what is pending becomes durable and sealed. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#sealTimer);
    await this.seal();
    try {
      if (this.#lastFull !== '')
        await this.#options.files.put(path.join(this.#options.folder, NEWEST), Buffer.from(this.#lastFull));
      await (await this.#spare)?.seal();
    } catch (error) {
      this.#options.log.debug('The spool’s empty next file is left to recovery.', faultOf(error));
    }
    this.#spare = undefined;
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#groups.length > 0 || this.#sealWanted) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (this.#groups.length > 0 || this.#sealWanted) {
      if (this.#groups.length > 0) {
        // One turn of the event loop reads every request that is there: an idle collector waits for nobody, and a
        // busy one lets dozens share a write. Waiting a millisecond for more made groups twice as large and the
        // processor idle a third of the time.
        await nextTurn();
        await this.#commit(this.#groups.shift()!);
      } else {
        this.#sealWanted = false;
        await this.#sealWriter();
      }
    }
  }

  async #commit(group: Group): Promise<void> {
    const { limits, clock } = this.#options;
    let writer: SegmentWriter | undefined;
    try {
      await this.#room.check();
      writer = this.#writer ?? (await this.#nextWriter());
      this.#writer = writer;
      const { bytes, next_row } = group.finish(writer.rows, writer.id);
      await writer.append(bytes);
      writer.rows = next_row;
    } catch (error) {
      await this.#abandon(group, writer, error);
      return;
    }
    this.counts.syncs += 1;
    this.counts.records += group.entries.length;
    this.#pendingBytes -= group.bytes;
    for (const { counted, committed, resolve } of group.entries) {
      writer.tally.add(counted);
      committed?.();
      resolve();
    }
    this.#reuse(group);
    if (writer.begun_ms === undefined) {
      writer.begun_ms = clock();
      this.#armSealing();
    }
    if (writer.rows >= limits.segment_rows_max || writer.bytes >= limits.segment_bytes_max)
      await this.#sealWriter();
  }

  #reuse(group: Group): void {
    group.clear();
    this.#idleGroup = group;
  }

  /** A write failed: nobody in the group is acknowledged, and the file is not trusted with anything more. */
  async #abandon(group: Group, writer: SegmentWriter | undefined, error: unknown): Promise<void> {
    this.counts.failures += 1;
    const full = error instanceof SpoolError || (error as NodeJS.ErrnoException).code === 'ENOSPC';
    this.#options.log.error(
      'The spool could not write; the events of these requests were refused with 503.',
      {
        requests: group.entries.length,
        ...faultOf(error),
      },
    );
    if (writer) {
      try {
        await writer.cutBack();
      } catch (cause) {
        this.#options.log.warn(
          'A failed write could not be cut off; reading stops before it.',
          faultOf(cause),
        );
      }
      await this.#sealWriter();
    }
    const told =
      error instanceof SpoolError
        ? error
        : new SpoolError(full ? 'disk_full' : 'failed', 'The events could not be written to disk.', error);
    this.#pendingBytes -= group.bytes;
    for (const { reject } of group.entries) reject(told);
    this.#reuse(group);
  }

  async #sealWriter(): Promise<void> {
    const writer = this.#writer;
    if (!writer) return;
    this.#writer = undefined;
    this.#sealing.push(writer);
    clearTimeout(this.#sealTimer);
    await this.#finishSealing(writer);
  }

  async #finishSealing(writer: SegmentWriter): Promise<void> {
    let segment: Segment | undefined;
    try {
      segment = await writer.seal();
    } catch (error) {
      // The records are durable under the other name; a restart would find them there.
      this.#options.log.error('A spool segment could not be sealed; it is tried again every second.', {
        segment: writer.id,
        ...faultOf(error),
      });
      if (!this.#closed) setTimeout(() => void this.#finishSealing(writer), SEAL_AGAIN_MS).unref();
      return;
    }
    this.#sealing = this.#sealing.filter((one) => one !== writer);
    if (!segment) {
      // The next file's head names this one as the segment before it; it must not be looked for.
      this.#dropSpare();
      return;
    }
    if (segment.id > this.#lastFull) this.#lastFull = segment.id;
    this.#lastBytes = segment.bytes;
    this.#sealed.push(segment);
    this.#sealed.sort(byId);
    this.#sealedBytes += segment.bytes;
    this.onSealed();
  }

  #armSealing(): void {
    const { clock, limits } = this.#options;
    this.#sealTimer = setTimeout(() => {
      const writer = this.#writer;
      if (!writer || writer.begun_ms === undefined) return;
      const young = clock() - writer.begun_ms < limits.seal_age_ms_max;
      if (this.backlog > 0 && young) {
        this.#armSealing();
        return;
      }
      this.#sealWanted = true;
      this.#wake();
    }, limits.seal_age_ms);
  }

  async #nextWriter(): Promise<SegmentWriter> {
    const ready = this.#spare ?? this.#newWriter();
    this.#spare = undefined;
    const writer = await ready;
    this.#spare = this.#newWriter(writer.id);
    this.#spare.catch(() => {
      this.#spare = undefined;
    });
    return writer;
  }

  #dropSpare(): void {
    const spare = this.#spare;
    this.#spare = undefined;
    spare
      ?.then((writer) => writer.seal())
      .catch((error: unknown) =>
        this.#options.log.debug('The spool’s empty next file is left to recovery.', faultOf(error)),
      );
  }

  #newWriter(previous = this.#lastFull): Promise<SegmentWriter> {
    const { clock, files, folder } = this.#options;
    let id = newSegmentId(clock());
    // A clock set back must not make a newer segment sort before an older one.
    if (id <= this.#lastId) id = newSegmentId(Number.parseInt(this.#lastId.slice(0, 9), 36) + 1);
    this.#lastId = id;
    const room_bytes = roomFor(this.#lastBytes);
    return SegmentWriter.create(path.resolve(folder), { id, previous, room_bytes }, files);
  }
}

const SEAL_AGAIN_MS = 1_000;
const byId = (a: Segment, b: Segment) => (a.id < b.id ? -1 : 1);
const refused = (reason: SpoolError['reason'], message: string): Promise<never> =>
  Promise.reject(new SpoolError(reason, message));
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
