import { readCookie, writeCookie } from './cookie.ts';

/** Small texts kept between pages. Never throws: storage may be blocked, full or absent. */
export interface Shelf {
  get(key: string): string;
  /** False when it could not be kept. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  keys(): string[];
}

/** `localStorage`; even naming it throws where the browser blocks it. */
export function localShelf(window: Window): Shelf {
  const attempt = <T>(otherwise: T, action: (storage: Storage) => T): T => {
    try {
      return action(window.localStorage);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt('', (storage) => storage.getItem(key) || ''),
    set: (key, value) =>
      attempt(false, (storage) => {
        storage.setItem(key, value);
        return true;
      }),
    remove: (key) => attempt(undefined, (storage) => storage.removeItem(key)),
    keys: () => attempt([] as string[], (storage) => Object.keys(storage)),
  };
}

/** A value that has to outlive the page in whatever the browser leaves us: storage, else a cookie, else memory. */
export function lastingValue(window: Window, shelf: Shelf, key: string) {
  let memory = '';
  return {
    read: () => shelf.get(key) || readCookie(window.document, key) || memory,
    write: (value: string) => {
      memory = value;
      if (!shelf.set(key, value)) writeCookie(window, key, value);
    },
  };
}
