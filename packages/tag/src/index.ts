export { attributes } from './features/attributes.ts';
export { pages } from './features/pages.ts';
export type { Options } from './options.ts';
export type { Feature, Sink } from './sighting.ts';
export { start } from './start.ts';
export type { Throughline } from './throughline.ts';
