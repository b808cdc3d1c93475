import type { OwnerSpan } from '@throughline/contract';
import { ownerAt } from '@throughline/identity';

/** By visitor. */
export type Spans = ReadonlyMap<string, readonly OwnerSpan[]>;

/** The person whose a visitor's moment is; the visitor itself where it is nobody's. */
export const ownerIn = (spans: Spans, { visitor_id, time }: { visitor_id: string; time: string }): string =>
  ownerAt(spans.get(visitor_id) ?? [], time)?.person_id || visitor_id;
