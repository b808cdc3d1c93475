import { words } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { usePlace } from '../url/place.ts';

/** A report without people: longer dates, or the set-up page. */
export function Nobody() {
  const place = usePlace();
  const t = words.value.states;
  return (
    <Card>
      <EmptyState title={t.empty_title} text={t.empty_text}>
        {place.choice !== '12m' && <Button onClick={() => place.set({ range: '12m' })}>{t.longer}</Button>}
        <a class="button button-main" href={place.href('/setup')}>
          {t.to_set_up}
        </a>
      </EmptyState>
    </Card>
  );
}
