import type { CustomerSession } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { mask } from '../../people/mask.ts';
import { why } from '../../people/why.ts';
import { Icon } from '../../ui/icon.tsx';

/** Why a visit is in this journey; the evidence opens on demand. */
export function Stitch({ session }: { session: CustomerSession }) {
  const format = useFormat();
  const t = words.value.customer;
  const { evidence } = session.why;
  const sentence = why(session.why, format, words.value);
  const line = (
    <>
      <Icon name={evidence ? 'link' : 'dot'} size={14} />
      <span>{sentence}</span>
    </>
  );
  if (!evidence) return <p class="stitch stitch-none">{line}</p>;
  const kind = Object.hasOwn(t.evidence_kinds, evidence.kind)
    ? t.evidence_kinds[evidence.kind]!
    : evidence.kind;
  return (
    <details class="stitch-more">
      <summary class="stitch" title={t.why}>
        {line}
      </summary>
      <dl class="evidence">
        <dt>{t.evidence}</dt>
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
      </dl>
    </details>
  );
}
