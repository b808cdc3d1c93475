export type { Call } from './call.ts';
export * from './load.ts';
export * from './simulate.ts';
export type { Truth } from './truth.ts';
export * from './write-truth.ts';
