import { words } from '../i18n/words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { usePlace } from '../url/place.ts';

export function NotFound() {
  const place = usePlace();
  const t = words.value.states;
  return (
    <EmptyState title={t.not_found}>
      <a class="button button-main" href={place.href('/')}>
        {t.to_overview}
      </a>
    </EmptyState>
  );
}
