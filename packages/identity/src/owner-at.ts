import type { OwnerSpan } from '@throughline/contract';

/**
 * The span that holds at an instant (ISO 8601 UTC with milliseconds), undefined before the first one. What reports do
 * with an ASOF join, for one event.
 */
export function ownerAt(spans: readonly OwnerSpan[], time: string): OwnerSpan | undefined {
  return spans.findLast((span) => span.from <= time);
}
