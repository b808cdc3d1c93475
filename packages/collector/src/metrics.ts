import type { RefusalReason } from '@throughline/contract';
import type { TokenFault } from './linker/token.ts';

/** Numbers of this process since its start. */
export class Metrics {
  accepted = 0;
  readonly refused: Partial<Record<RefusalReason, number>> = {};
  /** Requests answered 503 because the spool could not take them; their senders try again. */
  unavailable = 0;
  /** Events that browsers dropped because their queue was full, by their own count. */
  lost_in_browsers = 0;
  stitch_failures = 0;
  /** Tokens of addresses that joined nobody. */
  readonly tokens_refused: Partial<Record<TokenFault, number>> = {};

  refuse(reason: RefusalReason, events: number): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + events;
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

/** Prometheus' text format, version 0.0.4. Label values come from closed lists, so none needs escaping. */
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
