import { useState } from 'preact/hooks';
import { words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';

/** The address already holds the funnel; this saves the reader the address bar. Absent where there is no clipboard. */
export function ShareLink() {
  const [copied, setCopied] = useState('');
  const t = words.value.funnel;
  if (!navigator.clipboard) return null;
  const done = copied === location.href;
  const copy = () =>
    void navigator.clipboard.writeText(location.href).then(
      () => setCopied(location.href),
      // The browser said no, and has told the reader so itself; the address bar still has the link.
      () => setCopied(''),
    );
  return (
    <Button kind="quiet" icon={done ? 'check' : 'link'} onClick={copy}>
      <span aria-live="polite">{done ? t.shared : t.share}</span>
    </Button>
  );
}
