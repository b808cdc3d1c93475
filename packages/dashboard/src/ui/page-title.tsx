import { useEffect } from 'preact/hooks';
import { words } from '../i18n/words.ts';

/** A page's name, on the page and in the browser's tab. Never a person's: tabs and histories are seen by others. */
export function PageTitle({ name }: { name: string }) {
  useTabTitle(name);
  return <h1>{name}</h1>;
}

export function useTabTitle(name: string): void {
  const product = words.value.name;
  useEffect(() => {
    document.title = `${name} · ${product}`;
  }, [name, product]);
}
