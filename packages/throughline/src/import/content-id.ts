import { createHash } from 'node:crypto';

/** An event id that is a function of the content alone: the same line is the same event in every run. */
export const contentId = (content: string): string =>
  `imp_${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
