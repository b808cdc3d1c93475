import type { Link, Site } from '@throughline/contract';
import { incomingOf } from '../../../packages/collector/src/routes/segment-call.ts';
import { take } from '../../../packages/collector/src/steps/steps.ts';
import type { Simulation } from '../../../packages/throughline/src/simulate/index.ts';

/** One event as the collector stored it, and the truth about it. */
export interface Sighting {
  visitor: string;
  /** Milliseconds since 1970. */
  time: number;
  /** ISO 8601, as in the row. */
  at: string;
  /** Number of the human who did it. */
  persona: number;
  link: Link | undefined;
}

export const SITE: Site = {
  site: 's',
  name: 'Simulated shop',
  hosts: [],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: {},
};

/** Takes the calls through the collector's own steps. Robots are left out, as reports leave them out. */
export function sightingsOf({ calls, truth }: Simulation): Sighting[] {
  const sightings: Sighting[] = [];
  let number = -1;
  for (const call of calls) {
    number += 1;
    const persona = truth.events[number]!;
    if (persona < 0) continue;
    const received_ms = Date.parse(call.timestamp);
    const arrival = {
      site: SITE,
      received_ms,
      sent_ms: received_ms,
      user_agent: '',
      hints: undefined,
      address: '',
    };
    const incoming = incomingOf({ ...call }, call.type, 0, 'server');
    const outcome = take(arrival, incoming, { countryOf: () => '', newId: () => call.messageId });
    if (!outcome.ok) throw new Error(`A simulated ${call.type} was refused: ${outcome.reason}`);
    const { visitor_id, time } = outcome.row;
    sightings.push({
      visitor: visitor_id,
      time,
      at: new Date(time).toISOString(),
      persona,
      link: outcome.links[0] && { ...outcome.links[0], segment: '' },
    });
  }
  return sightings;
}
