import type { ComponentChildren } from 'preact';
import './table.css';

export interface Column<Row> {
  key: string;
  title: string;
  /** Numbers stand at the right. */
  number?: boolean;
  /** Left out on narrow screens. */
  extra?: boolean;
  cell(row: Row): ComponentChildren;
}

interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
}

export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  const classOf = (column: Column<Row>) =>
    [column.number && 'table-number', column.extra && 'table-extra'].filter(Boolean).join(' ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={caption}>
      <table class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
