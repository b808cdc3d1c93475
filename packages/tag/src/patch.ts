import type { Undo } from './sighting.ts';

/**
 * Lets `before` and `after` run around a method of the page. The undo restores the method if nobody has patched
 * over it since; otherwise ours stays in their chain and only passes the call on.
 */
export function patch<Key extends string>(
  target: Record<Key, (...parameters: never[]) => unknown>,
  key: Key,
  { before, after }: { before: () => void; after: () => void },
): Undo {
  const original = target[key];
  let live = true;
  const patched = function (this: unknown, ...parameters: never[]) {
    if (live) before();
    const result = original.apply(this, parameters);
    if (live) after();
    return result;
  };
  target[key] = patched;
  return () => {
    live = false;
    if (target[key] === patched) target[key] = original;
  };
}
