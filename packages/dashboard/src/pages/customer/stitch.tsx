import type { CustomerSession } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { why } from '../../people/why.ts';
import { Icon } from '../../ui/icon.tsx';
import { EvidenceRows } from './evidence-rows.tsx';
import { NotThem } from './not-them.tsx';

/** Why a visit is in this journey; the evidence, what leads from it to the customer, and a way to take it back open on demand. */
export function Stitch({ session }: { session: CustomerSession }) {
  const format = useFormat();
  const t = words.value.customer;
  const { evidence, since, chain = [] } = session.why;
  const sentence = why(session.why, format, words.value);
  const line = (
    <>
      <Icon name={evidence ? 'link' : 'dot'} size={14} />
      <span>{sentence}</span>
    </>
  );
  if (!evidence) return <p class="stitch stitch-none">{line}</p>;
  return (
    <details class="stitch-more">
      <summary class="stitch" title={t.why}>
        {line}
      </summary>
      <dl class="evidence">
        <EvidenceRows evidence={evidence} title={t.evidence} />
        {since && (
          <>
            <dt>{t.since}</dt>
            <dd>{format.moment(since)}</dd>
          </>
        )}
        {chain.map((link) => (
          <EvidenceRows key={link.event_id} evidence={link} title={t.leads_to} />
        ))}
      </dl>
      <NotThem session={session} />
    </details>
  );
}
