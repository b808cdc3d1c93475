import { LIMITS, type RefusalReason } from '@throughline/contract';
import type { Refused } from '../refusals.ts';
import { idOf } from '../steps/put-ids.ts';

/** A request that cannot be taken: what the caller is told, and what the ledger counts. */
export class Failure extends Error {
  readonly status: 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503;
  readonly code: string;
  readonly at: string;
  readonly retry_after_s: number | undefined;
  /** Counted as this many refused events of the site; undefined: nothing was refused, the sender tries again. */
  readonly refusal: (Refused & { site: string }) | undefined;

  constructor(
    status: Failure['status'],
    code: string,
    message: string,
    more: { at?: string; retry_after_s?: number; refusal?: Failure['refusal'] } = {},
  ) {
    super(message);
    this.name = 'Failure';
    this.status = status;
    this.code = code;
    this.at = more.at ?? '';
    this.retry_after_s = more.retry_after_s;
    this.refusal = more.refusal;
  }

  /** The same, counted for this site. */
  of(site: string): Failure {
    if (!this.refusal) return this;
    return new Failure(this.status, this.code, this.message, {
      at: this.at,
      ...(this.retry_after_s !== undefined && { retry_after_s: this.retry_after_s }),
      refusal: { ...this.refusal, site },
    });
  }
}

/** Tells the ids of the events that a whole request's refusal is about, and throws it again. */
export function withIds(error: unknown, ids: readonly unknown[]): never {
  if (!(error instanceof Failure) || !error.refusal) throw error;
  const event_ids = ids.slice(0, LIMITS.batch_events_max).map(idOf).filter(Boolean);
  throw new Failure(error.status, error.code, error.message, {
    at: error.at,
    ...(error.retry_after_s !== undefined && { retry_after_s: error.retry_after_s }),
    refusal: { ...error.refusal, event_ids },
  });
}

/** A refusal of a whole request whose code is the ledger's reason. */
export const refusal = (
  status: Failure['status'],
  reason: RefusalReason,
  message: string,
  more: { site?: string; events?: number; at?: string; retry_after_s?: number } = {},
): Failure =>
  new Failure(status, reason, message, {
    ...(more.at !== undefined && { at: more.at }),
    ...(more.retry_after_s !== undefined && { retry_after_s: more.retry_after_s }),
    refusal: { site: more.site ?? '', reason, events: more.events ?? 1 },
  });

/** Nothing of the request was looked at, and nothing is counted: the sender tries again. */
export const overloaded = (): Failure =>
  new Failure(503, 'overloaded', 'The collector has more to do than it can; send again later.', {
    retry_after_s: 5,
  });

/** Nothing of the request was looked at: so many from its sender were refused. */
export const tooManyRefused = (retry_after_s: number): Failure =>
  refusal(
    429,
    'rate_limited',
    `Too many refused requests from one address; send again in ${retry_after_s} s.`,
    {
      retry_after_s,
    },
  );
