import type { ComponentChildren } from 'preact';
import './state.css';
import { Logo } from './logo.tsx';

/** Nothing to show, said in words, with what to do next. */
export function EmptyState({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="state">
      <Logo size={40} />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div class="state-actions">{children}</div>}
    </div>
  );
}
