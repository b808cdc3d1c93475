export type { Options } from './options.ts';
export { start } from './start.ts';
export type { Throughline } from './throughline.ts';
