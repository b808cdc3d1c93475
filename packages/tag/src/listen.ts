import type { Undo } from './sighting.ts';

/** addEventListener that hands back its removal. */
export function listen(target: EventTarget, type: string, listener: (event: Event) => void): Undo {
  target.addEventListener(type, listener, true);
  return () => target.removeEventListener(type, listener, true);
}
