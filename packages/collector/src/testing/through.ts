import type { Store } from '@throughline/store';

/** The store with some of its doors replaced, for tests of what fails there. */
export const through = (store: Store, doors: Partial<Store>): Store => ({
  kind: store.kind,
  query: (statement, options) => store.query(statement, options),
  bytes: (statement, options) => store.bytes(statement, options),
  run: (statement) => store.run(statement),
  insert: (table, rows, options) => store.insert(table, rows, options),
  insertLines: (table, lines, options) => store.insertLines(table, lines, options),
  insertBlock: (table, block, options) => store.insertBlock(table, block, options),
  insertSelect: (table, statement, options) => store.insertSelect(table, statement, options),
  ping: () => store.ping(),
  close: () => store.close(),
  ...doors,
});
