export type { Call } from './call.ts';
export * from './load.ts';
export * from './simulate.ts';
export { FEW_TROUBLES, MANY_TROUBLES, type Troubles } from './troubles.ts';
export type { Truth } from './truth.ts';
export * from './write-truth.ts';
