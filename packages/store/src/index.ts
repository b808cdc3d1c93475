export { catchUp } from './cluster/catch-up.ts';
export { checkCluster } from './cluster/check.ts';
export type { Endpoint } from './engine/engine.ts';
export { type List, lists } from './lists.ts';
export type { Log } from './log.ts';
export { migrate } from './migrate.ts';
export {
  type Block,
  beginBlock,
  blockOf,
  CELLS,
  type ColumnType,
  columnFor,
  putColumn,
} from './native/block.ts';
export { Bytes } from './native/bytes.ts';
export {
  type CellKind,
  CellWriter,
  cellEnd,
  readCell,
  textCell,
  textLength,
  textStart,
} from './native/cell.ts';
export type { Column } from './native/column.ts';
export { DATABASE, openStore, type StoreOptions } from './open.ts';
export { sip, sipHash128, sipHex } from './sip-hash.ts';
export * from './store.ts';
export { storeClock, uptime } from './store-clock.ts';
export * from './tables/assignments.ts';
export * from './tables/customers.ts';
export * from './tables/doubles.ts';
export * from './tables/erased.ts';
export * from './tables/erasures.ts';
export * from './tables/event-ids.ts';
export * from './tables/event-times.ts';
export * from './tables/events.ts';
export * from './tables/keys.ts';
export * from './tables/ledger.ts';
export * from './tables/links.ts';
export * from './tables/links-around.ts';
export * from './tables/owed-erasures.ts';
export * from './tables/owed-stitches.ts';
export * from './tables/sites.ts';
export * from './tables/turned-away.ts';
export * from './tables/visit.ts';
