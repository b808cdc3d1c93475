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

/** The store with some of its calls failing: with what `when` gives for the call and its table, or its statement. */
export function failing(
  store: Store,
  when: (call: 'insert' | 'insertBlock' | 'query', table: string) => Error | undefined,
): Store {
  return through(store, {
    query: async (statement, options) => {
      const error = when('query', statement.sql);
      if (error) throw error;
      return store.query(statement, options);
    },
    insert: async (table, rows, options) => {
      const error = when('insert', table);
      if (error) throw error;
      return store.insert(table, rows, options);
    },
    insertBlock: async (table, block, options) => {
      const error = when('insertBlock', table);
      if (error) throw error;
      return store.insertBlock(table, block, options);
    },
  });
}
