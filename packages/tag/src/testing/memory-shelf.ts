import type { Shelf } from '../shelf.ts';

/** A shelf in memory that can be made to refuse. */
export function memoryShelf(): Shelf & { items: Map<string, string>; broken: boolean } {
  const items = new Map<string, string>();
  const shelf = {
    items,
    broken: false,
    get: (key: string) => (shelf.broken ? '' : (items.get(key) ?? '')),
    set: (key: string, value: string) => {
      if (!shelf.broken) items.set(key, value);
      return !shelf.broken;
    },
    remove: (key: string) => void items.delete(key),
    keys: () => (shelf.broken ? [] : [...items.keys()]),
  };
  return shelf;
}
