/** Bounds of the spool. `createCollector` may be given others; these are right for one shop on one disk. */
export interface SpoolLimits {
  /** A segment is sealed this long after its first record, so that what arrives is on the screen within seconds. */
  seal_age_ms: number;
  /** While earlier segments still wait to be loaded, a segment may grow up to this age: fewer, larger inserts. */
  seal_age_ms_max: number;
  /** Fewer and larger inserts cost less by the row; a segment is in memory as a whole while it is loaded. */
  segment_rows_max: number;
  segment_bytes_max: number;
  /** All segments together. At this bound new events are answered 503. */
  spool_bytes_max: number;
  /** What must stay free on the disk, for ClickHouse and everybody else. */
  free_bytes_min: number;
  /** Records that wait for the disk, in memory. */
  pending_bytes_max: number;
  /** Written and synced together. */
  group_bytes_max: number;
  /** Loaded segments stay so long, and so many bytes of them. */
  kept_ms_max: number;
  kept_bytes_max: number;
}

export const SPOOL_LIMITS: SpoolLimits = {
  seal_age_ms: 600,
  seal_age_ms_max: 5_000,
  segment_rows_max: 40_000,
  segment_bytes_max: 32 * 1024 * 1024,
  spool_bytes_max: 4 * 1024 ** 3,
  free_bytes_min: 256 * 1024 ** 2,
  pending_bytes_max: 64 * 1024 ** 2,
  group_bytes_max: 4 * 1024 ** 2,
  kept_ms_max: 15 * 60_000,
  kept_bytes_max: 256 * 1024 ** 2,
};

const ROOM_BYTES_MIN = 64 * 1024;
const ROOM_BYTES_MAX = 8 * 1024 ** 2;

/** Bytes that the next file is made with, by the size of the last one: segments of one hour are much alike. */
export const roomFor = (segment_bytes: number): number =>
  Math.min(ROOM_BYTES_MAX, Math.max(ROOM_BYTES_MIN, Math.ceil(segment_bytes * 1.25)));

/** Why the spool takes nothing now. The caller answers 503 with Retry-After; what was acknowledged stays. */
export class SpoolError extends Error {
  readonly reason: 'full' | 'disk_full' | 'failed' | 'closed';
  constructor(reason: SpoolError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SpoolError';
    this.reason = reason;
  }
}
