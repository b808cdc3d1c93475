import { signal } from '@preact/signals';

const query = matchMedia('(max-width: 720px)');

/** Whether the window is as narrow as a phone. The width is the same as in the style sheets. */
export const narrow = signal(query.matches);
query.addEventListener('change', (event) => {
  narrow.value = event.matches;
});
