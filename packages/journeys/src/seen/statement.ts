import { EVENT_NAMES, type EventSource, SEEN_DAYS_MAX, TAG_EVENT_NAMES } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import type { ReportContext } from '../reader.ts';

const HOUR_MS = 3_600_000;

const LATEST_HOURS_MAX = 24;
/** So many events are gone through: 1.5 s on two busy cores (`npm run bench -- seen`). */
const SEEN_EVENTS_MAX = 20_000_000;
/** Of a busier shop the latest are those of the last hour: to find them a day of 10,000,000 events takes 0.4 s. */
const LATEST_EVENTS_MAX = 1_000_000;
const READERS_MAX = 20;
const LATEST_MAX = 15;
/** Calls about who it is have names as well. */
const IDENTITY_NAMES = ['identify', 'alias', 'group'];

/** Robots are in it, so this is not `inScope`. An event of a clock that is ahead counts until an hour from now. */
function since(hours: number, { site, now }: ReportContext, bindings: Bindings): string {
  const moment = (ms: number) => `fromUnixTimestamp64Milli(${bindings.bind('Int64', ms)}, 'UTC')`;
  return `site = ${bindings.text(site.site)} AND time >= ${moment(now.getTime() - hours * HOUR_MS)}
    AND time < ${moment(now.getTime() + HOUR_MS)}`;
}

/** How far back is looked, by how many events the last day had: a busy shop sees within hours what another sees in weeks. */
export function windowFor(events_of_day: number): { days: number; latest_hours: number } {
  const days = Math.floor(SEEN_EVENTS_MAX / Math.max(1, events_of_day));
  return {
    days: Math.max(1, Math.min(SEEN_DAYS_MAX, days)),
    latest_hours: events_of_day > LATEST_EVENTS_MAX ? 1 : LATEST_HOURS_MAX,
  };
}

export function dayStatement(context: ReportContext): Statement<{ events: number }> {
  const bindings = new Bindings();
  return {
    sql: `SELECT count() AS events FROM events WHERE ${since(24, context, bindings)}`,
    params: bindings.params,
  };
}

export interface SeenRow {
  called: string;
  source: EventSource;
  reader: string;
  is_bot: 0 | 1;
  events: number;
  last_seen: string;
}

/**
 * Names and readers are the sender's: all but ours are taken together, and a name has a bounded number of readers, so that nobody's
 * inventions push anything out. Grouped by the columns as they are first: 4,000,000 events take 0.1 s so, and 0.3 s
 * where each row's name is looked up in the list.
 */
export function seenStatement(context: ReportContext, days: number): Statement<SeenRow> {
  const bindings = new Bindings();
  const known = bindings.bind('Array(String)', [...EVENT_NAMES, ...TAG_EVENT_NAMES, ...IDENTITY_NAMES]);
  const told = `SELECT name::String AS name, source::String AS source, reader::String AS reader, is_bot, count() AS some, max(time) AS latest
      FROM events WHERE ${since(days * 24, context, bindings)} GROUP BY name, source, reader, is_bot`;
  return {
    sql: `SELECT if(has(${known}, name), name, '') AS called, source, reader, is_bot, sum(some) AS events, max(latest) AS last_seen
      FROM (${told})
      GROUP BY called, source, reader, is_bot ORDER BY last_seen DESC, called, source, reader, is_bot LIMIT ${READERS_MAX} BY called`,
    params: bindings.params,
  };
}

export interface LatestRow {
  event_id: string;
  name: string;
  source: EventSource;
  reader: string;
  is_bot: 0 | 1;
  time: string;
  host: string;
  path: string;
}

export function latestStatement(context: ReportContext, hours: number): Statement<LatestRow> {
  const bindings = new Bindings();
  return {
    sql: `SELECT event_id, name::String AS name, source::String AS source, reader::String AS reader, is_bot, time,
        host::String AS host, path
      FROM events WHERE ${since(hours, context, bindings)}
      ORDER BY time DESC, seq DESC, event_id LIMIT ${LATEST_MAX}`,
    params: bindings.params,
  };
}
