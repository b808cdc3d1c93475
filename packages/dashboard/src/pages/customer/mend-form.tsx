import type { MendRequest, MendView } from '@throughline/contract';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import './mend-form.css';
import { ApiError } from '../../api/call.ts';
import { reports } from '../../api/reports.ts';
import { sentenceOf } from '../../api/sentence.ts';
import { words } from '../../i18n/words.ts';
import { keep, kept } from '../../state/kept.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { usePlace } from '../../url/place.ts';

/** Asks why, sends a change by hand, and says why not when it is impossible. `children` are the change's own fields. */
export function MendForm({
  request,
  ready = true,
  children,
  onDone,
  onCancel,
}: {
  request: Omit<MendRequest, 'reason'>;
  /** Whether the change's own fields are filled in. */
  ready?: boolean;
  children?: ComponentChildren;
  onDone(view: MendView): void;
  onCancel(): void;
}) {
  const { site } = usePlace();
  const t = words.value.mend;
  const [reason, setReason] = useState('');
  const [author, setAuthor] = useState(kept('author') ?? '');
  const [state, setState] = useState<{ sending: boolean; error?: ApiError }>({ sending: false });
  const send = () => {
    setState({ sending: true });
    keep('author', author.trim());
    const signed = author.trim() === '' ? {} : { author: author.trim() };
    reports.mend(site.site, { ...request, reason, ...signed }).then(onDone, (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      setState({ sending: false, error });
    });
  };
  return (
    <div class="mend-form">
      {children}
      <Field label={t.reason}>
        <input
          class="control"
          value={reason}
          maxLength={500}
          placeholder={t.reason_hint}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Field label={t.author}>
        <input
          class="control"
          value={author}
          maxLength={100}
          autocomplete="name"
          placeholder={t.author_hint}
          onInput={(event) => setAuthor(event.currentTarget.value)}
        />
      </Field>
      {state.error && (
        <p class="mend-refused" role="alert">
          {sentenceOf(state.error)}
        </p>
      )}
      <div class="mend-actions">
        <Button kind="main" disabled={state.sending || !ready || reason.trim() === ''} onClick={send}>
          {state.sending ? t.working : t.change}
        </Button>
        <Button disabled={state.sending} onClick={onCancel}>
          {t.cancel}
        </Button>
      </div>
    </div>
  );
}
