import type { RefusalReason } from '@throughline/contract';
import type { Metrics } from './metrics.ts';
import type { Refusals, Refused } from './refusals.ts';
import type { BatchLink, TurnedAway } from './spool/batch.ts';
import type { Spool } from './spool/spool.ts';
import type { NewRow, Tools } from './steps/draft.ts';
import type { Arrival, Incoming } from './steps/incoming.ts';
import { idOf } from './steps/put-ids.ts';
import { take } from './steps/steps.ts';

export interface Received {
  accepted: number;
  /** `field`: of Incoming, or a place in the sender's words where `Incoming.wrong` named one. */
  refused: { index: number; reason: RefusalReason; field: string }[];
}

export interface IntakeOptions {
  spool: Spool;
  refusals: Refusals;
  metrics: Metrics;
  tools: Tools;
}

/** Takes the events of a request through the steps and makes what is left of them durable. */
export class Intake {
  readonly #options: IntakeOptions;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Resolves when every accepted event is on disk. Rejects with SpoolError; then none of them is. */
  async receive(arrival: Arrival, incoming: readonly Incoming[]): Promise<Received> {
    const { spool, metrics, tools } = this.#options;
    const rows: NewRow[] = [];
    const links: BatchLink[] = [];
    const refused: Received['refused'] = [];
    const counts: Partial<Record<RefusalReason, number>> = {};
    const turned_away: TurnedAway[] = [];
    for (let index = 0; index < incoming.length; index += 1) {
      const outcome = take(arrival, incoming[index]!, tools);
      if (outcome.ok) {
        for (const link of outcome.links) links.push({ row: rows.length, link });
        if (outcome.token_fault) metrics.refuseToken(outcome.token_fault);
        rows.push(outcome.row);
      } else {
        const { reason, field } = outcome;
        refused.push({ index, reason, field });
        counts[reason] = (counts[reason] ?? 0) + 1;
        const event_id = idOf(incoming[index]!.event_id);
        if (event_id !== '') turned_away.push({ event_id, reason, field, received_ms: arrival.received_ms });
      }
    }
    const site = arrival.site.site;
    if (rows.length > 0) {
      await spool.append({
        site,
        received_ms: arrival.received_ms,
        rows,
        links,
        refused: counts,
        turned_away,
      });
      metrics.accept(site, rows.length);
      for (const { reason } of refused) metrics.refuse(site, reason, 1);
    } else
      for (const { index, reason, field } of refused) {
        const event_id = idOf(incoming[index]!.event_id);
        this.refuse(site, { reason, events: 1, field, event_ids: event_id === '' ? [] : [event_id] });
      }
    return { accepted: rows.length, refused };
  }

  /** Counts events that were refused before their steps. `site` is '' when it is not known. */
  refuse(site: string, refused: Refused): void {
    this.#options.metrics.refuse(site, refused.reason, refused.events);
    this.#options.refusals.add(site, refused);
  }
}
