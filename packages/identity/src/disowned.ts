import type { OwnerSpan } from '@throughline/contract';
import type { Fact } from './fact.ts';

/** A visit that an operator said is nobody's. Milliseconds; `to` is its last instant. */
export interface DisownedVisit {
  from: number;
  to: number;
  /** event_id of the fact that says so. */
  by: string;
}

/** The disowned visits among the facts of one visitor, by their beginning; of two that overlap the later begins after the first. */
export function disownedVisits(facts: readonly Fact[]): DisownedVisit[] {
  const visits = facts
    .filter(({ link }) => link.kind === 'disown')
    .map(({ link }) => ({
      from: Date.parse(link.session_started_at),
      to: Date.parse(link.target),
      by: link.event_id,
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.by < b.by ? -1 : 1));
  const apart: DisownedVisit[] = [];
  for (const visit of visits) {
    const from = Math.max(visit.from, (apart.at(-1)?.to ?? Number.NEGATIVE_INFINITY) + 1);
    if (from <= visit.to) apart.push({ ...visit, from });
  }
  return apart;
}

export const isWithin = (visits: readonly DisownedVisit[], time: number): boolean =>
  visits.some(({ from, to }) => from <= time && time <= to);

/** The spans with these visits taken out: there nobody is the owner, and afterwards whoever would have been. */
export function withoutVisits(spans: readonly OwnerSpan[], visits: readonly DisownedVisit[]): OwnerSpan[] {
  return visits.reduce<OwnerSpan[]>((left, visit) => withoutVisit(left, visit), [...spans]);
}

function withoutVisit(spans: OwnerSpan[], { from, to, by }: DisownedVisit): OwnerSpan[] {
  const end = to + 1;
  const resumed = spans.findLast((span) => Date.parse(span.from) <= end);
  const iso = (time: number) => new Date(time).toISOString();
  return [
    ...spans.filter((span) => Date.parse(span.from) < from),
    { from: iso(from), person_id: '', rule: 'disowned', evidence: by },
    // Before the first span nobody is the owner anyway.
    resumed === undefined
      ? { from: iso(end), person_id: '', rule: 'nobody', evidence: '' }
      : { ...resumed, from: iso(end) },
    ...spans.filter((span) => Date.parse(span.from) > end),
  ];
}
