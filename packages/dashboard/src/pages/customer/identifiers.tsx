import type { CustomerView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { isHash, mask } from '../../people/mask.ts';
import { Button } from '../../ui/button.tsx';
import { byStrength } from './by-strength.ts';

/** Orders, carts and the like that are shown before the rest becomes a number. */
const SHOWN_OF_A_KIND = 3;

/** What somebody is known by, strongest first. A hash says nothing to a reader, and stands here only on demand. */
export function Identifiers({ of, masked }: { of: CustomerView['identifiers']; masked: boolean }) {
  const t = words.value.customer;
  return (
    <section class="profile-list">
      <h2>{t.identifiers}</h2>
      {of.length === 0 && <p class="quiet">{t.no_identifiers}</p>}
      <ul>
        {byStrength(of).map(({ kind, values }) => (
          <OfKind key={kind} kind={kind} values={values} masked={masked} />
        ))}
      </ul>
    </section>
  );
}

function OfKind({ kind, values, masked }: { kind: string; values: readonly string[]; masked: boolean }) {
  const format = useFormat();
  const t = words.value.customer;
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, SHOWN_OF_A_KIND);
  return (
    <li>
      <span class="quiet">{named('identifiers', kind)}</span>
      <span class="profile-values">
        {shown.map((value) => (
          <span key={value}>
            {(!isHash(value) || !masked) && <code>{masked ? mask(value) : value}</code>}
            {isHash(value) && <span class="profile-hashed">{t.hashed}</span>}
          </span>
        ))}
        {shown.length < values.length && (
          <Button
            kind="quiet"
            label={t.all_of_kind(format.exact(values.length))}
            onClick={() => setAll(true)}
          >
            {t.and_more(format.exact(values.length - shown.length))}
          </Button>
        )}
      </span>
    </li>
  );
}
