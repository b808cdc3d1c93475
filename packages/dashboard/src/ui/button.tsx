import type { ComponentChildren } from 'preact';
import './button.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

interface ButtonProps {
  children?: ComponentChildren;
  kind?: 'plain' | 'main' | 'quiet';
  icon?: IconName;
  /** Name for screen readers, and tooltip, of a button that shows only an icon. */
  label?: string;
  disabled?: boolean;
  pressed?: boolean;
  onClick(): void;
}

export function Button({ children, kind = 'plain', icon, label, disabled, pressed, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button-${kind} ${children ? '' : 'button-icon'}`}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}
