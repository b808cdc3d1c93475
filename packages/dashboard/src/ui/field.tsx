import type { ComponentChildren } from 'preact';
import './field.css';

/** A control with its name; `hidden_label` keeps the name for screen readers where the place explains itself. */
export function Field({
  label,
  hidden_label,
  children,
}: {
  label: string;
  hidden_label?: boolean;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class="field">
      <span class={hidden_label ? 'unseen' : 'field-label'}>{label}</span>
      {children}
    </label>
  );
}
