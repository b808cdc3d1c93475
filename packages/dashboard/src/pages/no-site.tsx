import { words } from '../i18n/words.ts';
import { EmptyState } from '../ui/empty-state.tsx';

const COMMAND = 'npx throughline site add "My shop" --host shop.example';

export function NoSite() {
  const t = words.value.states;
  return (
    <main>
      <EmptyState title={t.no_site_title} text={t.no_site_text}>
        <code>{COMMAND}</code>
      </EmptyState>
    </main>
  );
}
