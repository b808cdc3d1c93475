import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './drawer.css';
import { words } from '../i18n/words.ts';
import { Button } from './button.tsx';

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]';

/**
 * A panel over the page: a modal `dialog`, so what is behind it is out of reach, Escape closes it, and focus
 * goes back to the number it came from.
 */
export function Drawer({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      // While a modal dialog is open nothing outside it takes the focus.
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-labelledby="drawer-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Tab') keepInside(event, dialog.current);
      }}
    >
      <div class="drawer-panel">
        <header class="drawer-head">
          <h2 id="drawer-title">{title}</h2>
          <Button kind="quiet" icon="close" label={words.value.people.close} onClick={onClose} />
        </header>
        <div class="drawer-body">{children}</div>
      </div>
    </dialog>
  );
}

/** A modal dialog lets Tab leave for the browser's own bars; here it goes round. */
function keepInside(event: KeyboardEvent, dialog: HTMLDialogElement | null): void {
  const stops = [...(dialog?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
