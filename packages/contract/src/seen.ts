import type { EventSource } from './event.ts';

/** So many days back `GET …/seen` looks at most, for what was recorded and for what browsers gave up. */
export const SEEN_DAYS_MAX = 28;

/** `GET /api/sites/:site/seen`: what was recorded lately and who saw it, for whoever asks whether the tag works. */
export interface SeenView {
  /** How many days back `seen` looks: `SEEN_DAYS_MAX`, fewer in a busy shop. */
  days: number;
  /** How many hours back `latest` looks. */
  latest_hours: number;
  /** The latest first. Of one name at most 20. */
  seen: SeenEvents[];
  /** The latest events, robots' included, the latest first; at most 15. */
  latest: LatestEvent[];
  /** Events that browsers gave up because their queue was full, as they told the collector that is asked, in the last `SEEN_DAYS_MAX` days. */
  lost: { events: number; since: string };
}

/** Events of one name that one reader told. */
export interface SeenEvents {
  /** '' for all names together that are neither of the vocabulary, nor the tag's own, nor `identify`, `alias` or `group`. */
  name: string;
  source: EventSource;
  /** Which part of the tag, or which call, saw them; several with commas between. */
  reader: string;
  /** Those of robots are counted apart. */
  robot: boolean;
  events: number;
  last_seen: string;
}

export interface LatestEvent {
  event_id: string;
  name: string;
  source: EventSource;
  reader: string;
  robot: boolean;
  time: string;
  host: string;
  path: string;
}
