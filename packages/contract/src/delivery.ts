import type { RefusalReason } from './reason.ts';

/** `GET /api/sites/:site/messages/:id`: what became of the event with this id. */
export interface MessageView {
  event_id: string;
  /**
   * `stored`: it counts. `waiting`: acknowledged and durable, not in the store yet. `set_aside`: the store refused it;
   * it is among the dead letters. `refused`: it was never taken. `unknown`: nothing by this id was seen, or it was
   * refused longer ago than is remembered.
   */
  outcome: 'stored' | 'waiting' | 'set_aside' | 'refused' | 'unknown';
  /** The stored event's main facts. */
  stored?: { name: string; visitor_id: string; time: string; received_at: string; source: string };
  /** Why the store would not keep it. */
  set_aside?: { reason: string; hour: string };
  /** Refusals by this id, the latest last; a later repeat may have been taken. */
  refused: { reason: RefusalReason; at: string; received_at: string }[];
  /** Each time that it came once more while it counted already. */
  repeated: { received_at: string }[];
  /** Since when refusals and repeats are remembered; of floods of them not each. */
  remembered: { since: string };
}

/** An event that the store refused, or the link of a stored one, as the operator sees it. */
export interface DeadLetterView {
  kind: 'event' | 'link';
  site: string;
  event_id: string;
  /** The event's, or the link's kind. */
  name: string;
  segment: string;
  /** Hour of arrival. */
  hour: string;
  reason: string;
  /** As it was to be stored. */
  row: object;
}

/** `GET /api/spool`: the collector's own state, for `throughline doctor`. */
export interface SpoolView {
  /** Sealed segments and their bytes that wait for the store. */
  segments: number;
  bytes: number;
  room: number;
  /** Loaded segments that are kept for a while. */
  kept_segments: number;
  kept_bytes: number;
  /** Files with bytes that could not be read, set aside. */
  damaged: { file: string; bytes: number }[];
  /** Segments that were begun here, never loaded, and are gone. */
  missing: string[];
  dead_letters: number;
}

/** `POST /api/dead-letters/replay`: what became of the letters that were sent to the store again. */
export interface ReplayView {
  /** Events. */
  stored: number;
  duplicates: number;
  still_refused: number;
  links_stored: number;
  links_refused: number;
}

export interface LedgerView {
  received: number;
  stored: number;
  duplicates: number;
  refused: Record<string, number>;
  waiting: number;
  hours: {
    hour: string;
    received: number;
    stored: number;
    duplicates: number;
    refused: Record<string, number>;
    /** At the collector that is asked. */
    waiting: number;
  }[];
}
