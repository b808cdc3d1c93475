import type { Store } from '@throughline/store';

/** Ids as the rows in this folder's tests carry them; they are found in whatever form a row takes. */
export const EVENT_ID = /ev\d{9}/g;
export const eventId = (number: number): string => `ev${String(number).padStart(9, '0')}`;

export interface MemoryStore {
  store: Store;
  /** The events it was given, by id. */
  events: Map<string, number>;
  /** Every insert into events, as text. */
  inserts: string[];
}

/** All bytes in what a statement was given, wherever they stand. */
export function* bytesIn(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value;
  else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) yield* bytesIn(inner);
}

/** A store that takes everything, knows nothing when asked, and remembers which events it was given. */
export function memoryStore(): MemoryStore {
  const events = new Map<string, number>();
  const inserts: string[] = [];
  const take = (args: unknown[]) => {
    if (args[0] !== 'events') return;
    const text = Buffer.concat([...bytesIn(args)]).toString('latin1');
    inserts.push(text);
    for (const [id] of text.matchAll(EVENT_ID)) events.set(id, (events.get(id) ?? 0) + 1);
  };
  const store = new Proxy({ kind: 'embedded' } as Store, {
    get(target, name) {
      if (name === 'kind' || name === 'then') return Reflect.get(target, name);
      return async (...args: unknown[]) => {
        take(args);
        if (name === 'ping') return true;
        if (name === 'bytes') return Buffer.alloc(0);
        return name === 'query' ? [] : undefined;
      };
    },
  });
  return { store, events, inserts };
}
