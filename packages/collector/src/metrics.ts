import type { RefusalReason } from '@throughline/contract';
import type { LedgerRow } from '@throughline/store';
import type { TokenFault } from './linker/token.ts';

/** Events of one site. What is accepted is later stored, a duplicate, or refused by the store. */
export interface SiteCounts {
  accepted: number;
  refused: number;
  stored: number;
  duplicates: number;
}

/** Numbers of this process since its start. */
export class Metrics {
  accepted = 0;
  /** By site, '' where none is known. */
  readonly sites = new Map<string, SiteCounts>();
  readonly refused: Partial<Record<RefusalReason, number>> = {};
  /** Requests answered 503 because the spool could not take them; their senders try again. */
  unavailable = 0;
  /** Events that browsers dropped because their queue was full, by their own count. */
  lost_in_browsers = 0;
  stitch_failures = 0;
  /** Tokens of addresses that joined nobody. */
  readonly tokens_refused: Partial<Record<TokenFault, number>> = {};

  accept(site: string, events: number): void {
    this.accepted += events;
    this.#of(site).accepted += events;
  }

  refuse(site: string, reason: RefusalReason, events: number): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + events;
    this.#of(site).refused += events;
  }

  /** Tells what a segment turned out to hold. */
  load({ site, stored, duplicates, refused }: LedgerRow): void {
    const counts = this.#of(site);
    counts.stored += stored;
    counts.duplicates += duplicates;
    const lost = refused['store_refused'] ?? 0;
    if (lost > 0) this.refuse(site, 'store_refused', lost);
  }

  #of(site: string): SiteCounts {
    let counts = this.sites.get(site);
    if (!counts) {
      counts = { accepted: 0, refused: 0, stored: 0, duplicates: 0 };
      this.sites.set(site, counts);
    }
    return counts;
  }

  refuseToken(fault: TokenFault): void {
    this.tokens_refused[fault] = (this.tokens_refused[fault] ?? 0) + 1;
  }
}

export interface Gauge {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  values: { labels?: Record<string, string>; value: number }[];
}

/** Prometheus' text format, version 0.0.4. Label values come from closed lists or are keys that we made, so none needs escaping. */
export function prometheusText(gauges: readonly Gauge[]): string {
  return gauges
    .map(({ name, help, type, values }) => {
      const lines = values.map(({ labels = {}, value }) => {
        const inner = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
        return `throughline_${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}\n`;
      });
      return `# HELP throughline_${name} ${help}\n# TYPE throughline_${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}
