import './skeleton.css';
import { words } from '../i18n/words.ts';

/** The shape of what is coming. `height` in pixels, one a block. */
export function Skeleton({ heights }: { heights: readonly number[] }) {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{words.value.states.loading}</span>
      {heights.map((height, index) => (
        <span key={index} class="skeleton-block" style={{ height: `${height}px` }} />
      ))}
    </div>
  );
}
