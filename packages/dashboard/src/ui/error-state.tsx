import './state.css';
import type { ApiError } from '../api/call.ts';
import { sentenceOf } from '../api/sentence.ts';
import { words } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Why it failed, which field of a request it is about, and a way to ask again. */
export function ErrorState({ error, retry }: { error: ApiError; retry(): void }) {
  const t = words.value.states;
  return (
    <div class="state state-bad" role="alert">
      <Icon name="warning" size={28} />
      <h2>{t.failed}</h2>
      <p>{sentenceOf(error)}</p>
      {error.status === 400 && error.at && <code>{error.at}</code>}
      <div class="state-actions">
        <Button kind="main" onClick={retry}>
          {t.retry}
        </Button>
      </div>
    </div>
  );
}
