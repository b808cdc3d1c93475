import './bar.css';

/** A share from 0 to 1 as a length. The number itself always stands beside it. */
export function Bar({ share, tone = 'accent' }: { share: number; tone?: 'accent' | 'bad' }) {
  const width = `${Math.min(1, Math.max(0, share)) * 100}%`;
  return (
    <span class={`bar bar-${tone}`} aria-hidden="true">
      <span class="bar-fill" style={{ width }} />
    </span>
  );
}
