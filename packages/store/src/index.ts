export type { Endpoint } from './engine/engine.ts';
export type { Log } from './log.ts';
export { migrate } from './migrate.ts';
export { DATABASE, openStore, type StoreOptions } from './open.ts';
export * from './store.ts';
