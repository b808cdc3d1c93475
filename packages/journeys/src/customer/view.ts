import type {
  CustomerEvent,
  CustomerSession,
  CustomerView,
  Identifier,
  PersonSummary,
  Site,
} from '@throughline/contract';
import { type CustomerRow, isHash } from '../people/summary.ts';
import { stagesOf } from '../stages.ts';
import type { EvidenceRow, IdentifierRow, SessionRow, SpanRow, TimelineRow } from './statement.ts';

export interface CustomerRows {
  summary: PersonSummary;
  customer: CustomerRow | undefined;
  identifiers: IdentifierRow[];
  sessions: SessionRow[];
  timeline: TimelineRow[];
  spans: SpanRow[];
  evidence: EvidenceRow[];
  next: string | undefined;
}

export function customerView(site: Site, rows: CustomerRows): CustomerView {
  const { names, places } = stagesOf(site);
  const stageOf = (name: string) => names[(places.get(name) ?? 0) - 1] ?? '';
  return {
    ...rows.summary,
    identifiers: rows.identifiers.map((row) => ({ ...row, value: masked(row) })),
    traits: rows.customer?.traits ?? {},
    sessions_list: rows.sessions.map((session) => sessionView(session, rows, stageOf)),
    ...(rows.next !== undefined && { next: rows.next }),
  };
}

function sessionView(
  session: SessionRow,
  rows: CustomerRows,
  stageOf: (name: string) => string,
): CustomerSession {
  const { session: key, started_ms, ...shown } = session;
  return {
    ...shown,
    why: whyOf(session, rows),
    events: rows.timeline.filter((row) => row.session === key).map((row) => eventView(row, stageOf)),
  };
}

/** The stretch of the visitor's time that the session's first event of this person lies in, and the link behind it. */
function whyOf(
  { visitor_id, session_id, started_ms }: SessionRow,
  { spans, evidence }: CustomerRows,
): CustomerSession['why'] {
  const span = spans
    .find((row) => row.visitor_id === visitor_id)
    ?.spans.findLast(({ from }) => Date.parse(from) <= started_ms);
  const link = evidence.find(({ event_id }) => event_id === span?.evidence);
  // A span cannot know how long a session went on after its last identify.
  const same = link !== undefined && session_id !== '' && link.session_id === session_id;
  return {
    rule: same && span?.rule === 'identified_before' ? 'identified_in_session' : span?.rule || 'nobody',
    ...(span && { since: span.from }),
    ...(link && {
      evidence: {
        event_id: link.event_id,
        kind: link.kind,
        time: link.time,
        identifiers: link.identifiers.map((identifier) => ({ ...identifier, value: masked(identifier) })),
      },
    }),
  };
}

/** Hashed addresses are shown by their beginning: enough to tell them apart. */
function masked({ kind, value }: Identifier | IdentifierRow): string {
  return (kind === 'email' || kind === 'phone') && isHash(value) ? `${value.slice(0, 8)}…` : value;
}

function eventView(row: TimelineRow, stageOf: (name: string) => string): CustomerEvent {
  const { session, product_ids, product_names, prices, quantities, ...shown } = row;
  return {
    ...shown,
    stage: stageOf(row.name),
    products: product_ids.map((product_id, index) => ({
      product_id,
      name: product_names[index] ?? '',
      price: prices[index] ?? 0,
      quantity: quantities[index] ?? 0,
    })),
  };
}
