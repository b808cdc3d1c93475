import type { RefusalReason } from '@throughline/contract';
import type { Metrics } from './metrics.ts';
import type { Refusals } from './refusals.ts';
import type { BatchLink } from './spool/batch.ts';
import type { Spool } from './spool/spool.ts';
import type { NewRow, Tools } from './steps/draft.ts';
import type { Arrival, Incoming } from './steps/incoming.ts';
import { take } from './steps/steps.ts';
import type { Trace } from './trace.ts';

export interface Received {
  accepted: number;
  /** `field`: of Incoming, or a place in the sender's words where `Incoming.wrong` named one. */
  refused: { index: number; reason: RefusalReason; field: string }[];
}

export interface IntakeOptions {
  spool: Spool;
  refusals: Refusals;
  metrics: Metrics;
  trace: Pick<Trace, 'refused'>;
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
    const { spool, metrics, tools, trace } = this.#options;
    const rows: NewRow[] = [];
    const links: BatchLink[] = [];
    const refused: Received['refused'] = [];
    const counts: Partial<Record<RefusalReason, number>> = {};
    for (let index = 0; index < incoming.length; index += 1) {
      const outcome = take(arrival, incoming[index]!, tools);
      if (outcome.ok) {
        for (const link of outcome.links) links.push({ row: rows.length, link });
        if (outcome.token_fault) metrics.refuseToken(outcome.token_fault);
        rows.push(outcome.row);
      } else {
        const { reason, field } = outcome;
        refused.push({ index, reason, field });
        trace.refused(arrival.site.site, incoming[index]!.event_id, { reason, at: field });
        counts[outcome.reason] = (counts[outcome.reason] ?? 0) + 1;
      }
    }
    const site = arrival.site.site;
    if (rows.length > 0) {
      await spool.append({ site, received_ms: arrival.received_ms, rows, links, refused: counts });
      metrics.accepted += rows.length;
      for (const { reason } of refused) metrics.refuse(reason, 1);
    } else for (const { reason } of refused) this.refuse(site, reason, 1);
    return { accepted: rows.length, refused };
  }

  /** Counts events that were refused before their steps. `site` is '' when it is not known. */
  refuse(site: string, reason: RefusalReason, events: number): void {
    this.#options.metrics.refuse(reason, events);
    this.#options.refusals.add(site, reason, events);
  }
}
