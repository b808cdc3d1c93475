import type { SpoolView } from '@throughline/contract';
import type { Loader } from './loader/loader.ts';
import type { Gauge, Metrics, SiteCounts } from './metrics.ts';
import type { Spool } from './spool/spool.ts';

export interface Sources {
  metrics: Metrics;
  spool: Spool;
  loader: Loader;
  waiting(site?: string): number;
  /** What lies beside the spool. */
  report: Pick<SpoolView, 'damaged' | 'dead_letters'>;
  held_bytes(): number;
  loop_delay_ms(): number;
}

const counter = (name: string, help: string, value: number): Gauge => ({
  name,
  help,
  type: 'counter',
  values: [{ value }],
});
const gauge = (name: string, help: string, value: number): Gauge => ({
  name,
  help,
  type: 'gauge',
  values: [{ value }],
});

/** What `/metrics` tells. */
export function gaugesOf(sources: Sources): Gauge[] {
  const { metrics, spool, loader, waiting, report, held_bytes, loop_delay_ms } = sources;
  const sites = [...metrics.sites];
  const sum = (of: keyof SiteCounts) => sites.reduce((total, [, counts]) => total + counts[of], 0);
  return [
    counter('events_accepted_total', 'Events that were made durable and acknowledged.', metrics.accepted),
    {
      name: 'events_refused_total',
      help: 'Events refused, by reason.',
      type: 'counter',
      values: Object.entries(metrics.refused).map(([reason, value]) => ({ labels: { reason }, value })),
    },
    {
      name: 'link_tokens_refused_total',
      help: 'Tokens in addresses that joined nobody, by what was wrong with them.',
      type: 'counter',
      values: Object.entries(metrics.tokens_refused).map(([fault, value]) => ({ labels: { fault }, value })),
    },
    counter('requests_unavailable_total', 'Requests answered 503.', metrics.unavailable),
    counter(
      'browser_events_lost_total',
      'Events dropped in browsers whose queue was full.',
      metrics.lost_in_browsers,
    ),
    counter('events_stored_total', 'Events that this process stored in ClickHouse.', sum('stored')),
    counter(
      'events_duplicate_total',
      'Accepted events that turned out to be repeats of others, which count once.',
      sum('duplicates'),
    ),
    {
      name: 'site_events_total',
      help: 'Events by site and outcome: accepted ones are later stored, duplicates or refused by the store. Site "" is unknown.',
      type: 'counter',
      values: sites.flatMap(([site, counts]) =>
        Object.entries(counts).map(([outcome, value]) => ({ labels: { site, outcome }, value })),
      ),
    },
    {
      name: 'site_events_waiting',
      help: 'Accepted events that are not in ClickHouse yet, by site.',
      type: 'gauge',
      values: sites.map(([site]) => ({ labels: { site }, value: waiting(site) })),
    },
    gauge(
      'dead_letters',
      'Events and links that ClickHouse refused, kept to be sent again.',
      report.dead_letters,
    ),
    gauge(
      'spool_damaged_files',
      'Files with bytes that could not be read, set aside.',
      report.damaged.length,
    ),
    gauge('events_waiting', 'Accepted events that are not in ClickHouse yet.', waiting()),
    gauge('spool_bytes', 'Bytes in the spool.', spool.bytes),
    gauge('spool_segments', 'Sealed segments that wait for the loader.', spool.backlog),
    counter('spool_syncs_total', 'fdatasync calls of the spool.', spool.counts.syncs),
    counter('spool_records_total', 'Records written to the spool.', spool.counts.records),
    counter('spool_failures_total', 'Writes or syncs that failed.', spool.counts.failures),
    counter('segments_loaded_total', 'Segments stored in ClickHouse.', loader.counts.segments),
    counter('load_failures_total', 'Attempts to store a segment that failed.', loader.counts.failures),
    counter(
      'segments_healed_total',
      'Segments loaded again because the store had lost rows.',
      loader.counts.healed,
    ),
    gauge(
      'segments_missing',
      'Segments that were begun here, never loaded, and are gone.',
      loader.missing.length,
    ),
    gauge('spool_kept_bytes', 'Bytes of loaded segments that are kept for a while.', spool.kept.bytes),
    gauge('held_body_bytes', 'Bytes of request bodies in memory.', held_bytes()),
    gauge(
      'event_loop_delay_seconds',
      'How late the event loop is: the least of three measures.',
      loop_delay_ms() / 1000,
    ),
    counter('stitch_failures_total', 'Times that people could not be resolved.', metrics.stitch_failures),
  ];
}
