import type { CustomerSession, MendView } from '@throughline/contract';
import { useContext, useState } from 'preact/hooks';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { usePlace } from '../../url/place.ts';
import { Changed } from './changed.ts';
import { MendForm } from './mend-form.tsx';

/** Takes back what says that a visit is this person's: one piece of evidence, or all on its browser. */
export function NotThem({ session }: { session: CustomerSession }) {
  const place = usePlace();
  const changed = useContext(Changed);
  const t = words.value.mend;
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(true);
  const { evidence } = session.why;
  if (evidence === undefined) return null;
  if (!open)
    return (
      <div>
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {t.cut}
        </Button>
      </div>
    );
  const done = ({ people }: MendView) => {
    // Nobody is left of a person whose last evidence is gone: the browser is what there is to see.
    if (people.after.length === 0) place.go(`/people/${encodeURIComponent(session.visitor_id)}`);
    else changed();
  };
  return (
    <MendForm
      request={{ cut: { event_id: evidence.event_id, all } }}
      onDone={done}
      onCancel={() => setOpen(false)}
    >
      <label class="check">
        <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
        {t.cut_all}
      </label>
    </MendForm>
  );
}
