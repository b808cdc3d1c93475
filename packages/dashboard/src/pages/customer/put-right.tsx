import type { CustomerView, IdentifierKind, MendView } from '@throughline/contract';
import { useContext, useState } from 'preact/hooks';
import './put-right.css';
import { named, words } from '../../i18n/words.ts';
import { isHash, mask } from '../../people/mask.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { usePlace } from '../../url/place.ts';
import { Changed } from './changed.ts';
import { MendForm } from './mend-form.tsx';

/** Joins the person with another, or makes the shop forget something they are known by. */
export function PutRight({ view }: { view: CustomerView }) {
  const place = usePlace();
  const changed = useContext(Changed);
  const t = words.value.mend;
  const [open, setOpen] = useState<'join' | 'forget'>();
  const done = ({ people }: MendView) => {
    const [next] = people.after;
    if (next === undefined || people.after.includes(view.id)) changed();
    else place.go(`/people/${encodeURIComponent(next)}`);
  };
  const close = () => setOpen(undefined);
  return (
    <section class="profile-list put-right">
      <h2>{t.title}</h2>
      <p class="quiet">{t.hint}</p>
      {open === 'join' && <Join id={view.id} onDone={done} onCancel={close} />}
      {open === 'forget' && <Forget view={view} onDone={done} onCancel={close} />}
      {open === undefined && (
        <div class="put-right-actions">
          <Button onClick={() => setOpen('join')}>{t.join}</Button>
          {view.identifiers.length > 0 && <Button onClick={() => setOpen('forget')}>{t.forget}</Button>}
        </div>
      )}
    </section>
  );
}

interface Ending {
  onDone(view: MendView): void;
  onCancel(): void;
}

function Join({ id, ...ending }: { id: string } & Ending) {
  const [other, setOther] = useState('');
  const people: [string, string] = [id, other.trim()];
  return (
    <MendForm request={{ join: { people } }} ready={other.trim() !== ''} {...ending}>
      <Field label={words.value.mend.join_with}>
        <input class="control" value={other} onInput={(event) => setOther(event.currentTarget.value)} />
      </Field>
    </MendForm>
  );
}

function Forget({ view, ...ending }: { view: CustomerView } & Ending) {
  const [index, setIndex] = useState(0);
  const { kind, value } = view.identifiers[index]!;
  return (
    <MendForm request={{ forget: { person: view.id, kind: kind as IdentifierKind, value } }} {...ending}>
      <Select
        label={words.value.mend.forget_what}
        value={String(index)}
        choices={view.identifiers.map((one, place) => ({
          value: String(place),
          label: `${named('identifiers', one.kind)} ${isHash(one.value) ? one.value : mask(one.value)}`,
        }))}
        onChange={(chosen) => setIndex(Number(chosen))}
      />
    </MendForm>
  );
}
