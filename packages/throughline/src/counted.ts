/** `1 site`, `1,000 sites`. For nouns that take an s. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
