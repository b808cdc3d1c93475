import type { EventRow, Site } from '@throughline/contract';
import { siteSecret } from '@throughline/identity';
import { encodeBatch, readBatch, rowsOf } from '../spool/batch.ts';
import type { NewLink, NewRow } from '../steps/draft.ts';
import type { Arrival, Incoming } from '../steps/incoming.ts';
import { take } from '../steps/steps.ts';
import { SHOP } from './start.ts';

export const NOON = Date.UTC(2026, 10, 22, 12);

/** Takes one call through all steps at noon of 2026-11-22 and gives the row and link, or the reason of the refusal. */
export function taken(
  call: Partial<Incoming>,
  { arrival = {}, site = {} }: { arrival?: Partial<Arrival>; site?: Partial<Site> } = {},
): {
  row: EventRow;
  link: NewLink | undefined;
  links?: NewLink[];
  reason: string | undefined;
  field?: string;
} {
  const came: Arrival = {
    site: { ...SHOP, ...site },
    received_ms: NOON,
    sent_ms: NOON,
    user_agent: '',
    hints: undefined,
    address: '203.0.113.9',
    ...arrival,
  };
  const incoming: Incoming = {
    source: 'tag',
    reader: 'api',
    event_id: 'e1',
    visitor_id: 'v1',
    name: 'page_viewed',
    at: NOON - 1_000,
    seq: 1,
    ...call,
  };
  const outcome = take(came, incoming, {
    countryOf: (address) => (address === '203.0.113.9' ? 'VN' : ''),
    newId: () => 'made1',
    siteSecretOf: ({ site }) => siteSecret('of-the-instance', site),
  });
  return outcome.ok
    ? {
        row: asStored(outcome.row),
        link: outcome.links[0],
        links: outcome.links,
        reason: undefined,
      }
    : { row: {} as EventRow, link: undefined, reason: outcome.reason, field: outcome.field };
}

/** The row as it comes out of the spool, with times as the store tells them. */
function asStored(taken: NewRow): EventRow {
  const batch = { site: taken.site, received_ms: NOON, rows: [taken], links: [], refused: {} };
  const [row] = rowsOf(readBatch(encodeBatch(batch)));
  const iso = (ms: number) => new Date(ms).toISOString();
  const { time, received_at, session_started_at } = row!;
  const times = {
    time: iso(time),
    received_at: iso(received_at),
    session_started_at: iso(session_started_at),
  };
  return { ...row!, ...times } as EventRow;
}
