import './icon.css';
import { ICONS, type IconName } from './icons.ts';

/** Decoration: what it means is always said in words beside it or in the button's name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICONS[name]} />
    </svg>
  );
}
