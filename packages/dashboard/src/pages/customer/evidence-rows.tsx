import type { Evidence } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { mask } from '../../people/mask.ts';
import { isGiven } from '../../people/why.ts';

/** One piece of evidence as rows of a description list: what it was, when, and whom it names. */
export function EvidenceRows({ evidence, title }: { evidence: Evidence; title: string }) {
  const format = useFormat();
  const t = words.value.customer;
  const named_kind = Object.hasOwn(t.evidence_kinds, evidence.kind)
    ? t.evidence_kinds[evidence.kind]!
    : evidence.kind;
  const kind = isGiven(evidence) ? t.evidence_given : named_kind;
  return (
    <>
      <dt>{title}</dt>
      <dd>{t.evidence_line(kind, format.moment(evidence.time))}</dd>
      {evidence.identifiers.map((identifier) => (
        <div key={`${identifier.kind} ${identifier.value}`}>
          <dt>{named('identifiers', identifier.kind)}</dt>
          <dd>
            <code>{mask(identifier.value)}</code>
          </dd>
        </div>
      ))}
      <dt>{t.event_id}</dt>
      <dd>
        <code>{evidence.event_id}</code>
      </dd>
    </>
  );
}
