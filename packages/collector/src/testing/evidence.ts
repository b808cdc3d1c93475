import type { Identifier, Link } from '@throughline/contract';

export const user = (value: string): Identifier => ({ kind: 'user_id', value });
export const email = (value: string): Identifier => ({ kind: 'email', value });

/** A link of 22 November 2026; the digits of its id are its second. */
export function evidence(
  site: string,
  event_id: string,
  visitor_id: string,
  identifiers: Identifier[],
  more: Partial<Link> = {},
): Link {
  const second = Number(event_id.replace(/\D/g, ''));
  return {
    site,
    event_id,
    kind: 'identify',
    visitor_id,
    session_id: `${visitor_id}.s`,
    session_started_at: '2026-11-22T10:00:00.000Z',
    time: new Date(Date.parse('2026-11-22T10:00:00.000Z') + second * 1000).toISOString(),
    seq: 0,
    identifiers,
    traits: {},
    proven: true,
    source: 'tag',
    author: '',
    reason: '',
    target: '',
    segment: 'seg',
    ...more,
  };
}
