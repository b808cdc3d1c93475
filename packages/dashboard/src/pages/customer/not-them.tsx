import type { CustomerSession, MendRequest, MendView } from '@throughline/contract';
import { useContext, useState } from 'preact/hooks';
import './not-them.css';
import { words } from '../../i18n/words.ts';
import { isPurchase } from '../../people/why.ts';
import { Button } from '../../ui/button.tsx';
import { usePlace } from '../../url/place.ts';
import { Changed } from './changed.ts';
import { MendForm } from './mend-form.tsx';

/**
 * Takes back what says that a visit is this person's: one piece of evidence, all on its browser, or, of a visit that is theirs
 * only because of another one, this visit alone. A visit that was set apart is given back.
 */
export function NotThem({ session }: { session: CustomerSession }) {
  const place = usePlace();
  const changed = useContext(Changed);
  const t = words.value.mend;
  const [open, setOpen] = useState<'cut' | 'disown' | 'undo'>();
  const [all, setAll] = useState(true);
  const { evidence, rule } = session.why;
  if (evidence === undefined) return null;
  const { visitor_id, session_id } = session;
  const inherited =
    session_id !== '' &&
    evidence.kind !== 'join' &&
    (rule === 'identified_before' || rule === 'identified_later' || isPurchase(evidence));
  if (open === undefined)
    return (
      <div class="not-them">
        {rule === 'disowned' ? (
          <Button kind="quiet" onClick={() => setOpen('undo')}>
            {t.undo}
          </Button>
        ) : (
          <>
            {inherited && (
              <Button kind="quiet" onClick={() => setOpen('disown')}>
                {t.disown}
              </Button>
            )}
            <Button kind="quiet" onClick={() => setOpen('cut')}>
              {t.cut}
            </Button>
          </>
        )}
      </div>
    );
  const requests: Record<typeof open, Omit<MendRequest, 'reason'>> = {
    cut: { cut: { event_id: evidence.event_id, all } },
    disown: { disown: { visitor_id, session_id } },
    undo: { undo: { mend: evidence.event_id } },
  };
  const done = ({ people }: MendView) => {
    const [next] = people.after;
    // Nobody is left of a person whose last evidence is gone: the browser is what there is to see.
    if (next === undefined) place.go(`/people/${encodeURIComponent(visitor_id)}`);
    else if (open === 'undo') place.go(`/people/${encodeURIComponent(next)}`);
    else changed();
  };
  return (
    <MendForm key={open} request={requests[open]} onDone={done} onCancel={() => setOpen(undefined)}>
      {open === 'disown' && <p class="quiet">{t.disown_hint}</p>}
      {open === 'cut' && (
        <label class="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          {t.cut_all}
        </label>
      )}
    </MendForm>
  );
}
