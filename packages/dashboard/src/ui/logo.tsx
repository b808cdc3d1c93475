import './logo.css';

/** The mark: one line through three touchpoints. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M3 22C9 22 9 10 16 10s7 12 13 12" />
      <circle cx="4" cy="22" r="3.5" />
      <circle cx="16" cy="10" r="3.5" />
      <circle cx="28" cy="22" r="3.5" />
    </svg>
  );
}
