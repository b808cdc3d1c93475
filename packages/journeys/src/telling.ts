/*
 * What an order says, field by field, of all its tellings.
 *
 * - A telling is as rich as the number of these that it has: total, subtotal, discount, tax, shipping, currency, products.
 *   Of equally rich ones a webhook's stands before a server's, an import's, the tag's and the pixel's; then the
 *   earliest, then the one with the smaller event id.
 * - `currency`, `cart_token`, the list of products and each single property are those of the richest telling that
 *   has one.
 * - An amount is that of the richest telling that has it in the order's currency; when none has, of the richest that
 *   has it and names no currency. Amounts of another currency are never taken, so that sums stay sums.
 * - Everything else (where, when, who, through which channel) is the standing telling's: see orders.ts.
 */

const AMOUNTS = ['total', 'subtotal', 'discount', 'tax', 'shipping'] as const;
const SOURCES = ['webhook', 'server', 'import', 'tag', 'pixel'] as const;

const RICHNESS = `(${AMOUNTS.map((name) => `isNotNull(${name})`).join(' + ')} + (currency != '') + notEmpty(products.product_id))`;
const SOURCE = `transform(source::String, [${SOURCES.map((name) => `'${name}'`).join(', ')}], [${SOURCES.map((_, index) => index + 1).join(', ')}], ${SOURCES.length + 1})`;

/** Column to be given to `resolvedSql`: the smaller, the richer. */
export const TELLING_COLUMNS = [`(-toInt8(${RICHNESS}), ${SOURCE}) AS richness`];

/** In the SELECT over all tellings. */
const RANK = '(richness, key, event_id)';

const isAmount = (column: string) => (AMOUNTS as readonly string[]).includes(column);
const isProducts = (column: string) => column.startsWith('products.');

/** Whether the order as a whole may say something else than the telling that stands for it. */
export const isOfOrder = (column: string): boolean =>
  isAmount(column) || isProducts(column) || ['currency', 'cart_token', 'properties'].includes(column);

/** How the wanted columns of `events` are carried, gathered by order, and put together. */
export interface SettledColumns {
  /** To be given to `resolvedSql`. */
  of: string[];
  /** More aggregates of a SELECT by order, each after a comma; tellings have `stands`, their order of standing. */
  gather: string;
  /** Around that SELECT: the columns under their own names. */
  finish(gathered: string): string;
}

export function settledColumns(wanted: readonly string[]): SettledColumns {
  const columns = [...new Set([...wanted, ...(wanted.some(isAmount) ? ['currency'] : [])])];
  const own = (column: string) => `own_${column.replace('.', '_')}`;
  const all = (column: string) => `all_${column.replace('.', '_')}`;
  const products = columns.some(isProducts);
  const gather = columns.map((column) => {
    if (isAmount(column))
      return `groupArrayIf((own_currency, ${RANK}, ${own(column)}), isNotNull(${own(column)})) AS ${all(column)}`;
    if (column === 'properties') return `groupArray((${RANK}, ${own(column)})) AS ${all(column)}`;
    if (isProducts(column)) return `argMinIf(${own(column)}, ${RANK}, has_products) AS ${all(column)}`;
    if (isOfOrder(column)) return `argMinIf(${own(column)}, ${RANK}, ${own(column)} != '') AS ${all(column)}`;
    return `argMin(${own(column)}, stands) AS ${all(column)}`;
  });
  const put = columns.map((column) => {
    if (isAmount(column))
      return `arraySort(one -> (one.1 = '', one.2), arrayFilter(one -> one.1 IN ('', all_currency), ${all(column)}))[1].3 AS ${column}`;
    if (column === 'properties')
      return `arrayFold((found, one) -> mapUpdate(found, mapFilter((key, value) -> value != '', one.2)),
        arrayReverseSort(one -> one.1, ${all(column)}), map()::Map(String, String)) AS ${column}`;
    return `${all(column)} AS \`${column}\``;
  });
  return {
    of: [
      ...columns.map((column) => `${carried(column)} AS ${own(column)}`),
      ...(products ? ['notEmpty(products.product_id) AS has_products'] : []),
    ],
    gather: gather.map((sql) => `, ${sql}`).join(''),
    finish: (gathered) =>
      columns.length === 0 ? gathered : `SELECT order_event, told, ${put.join(', ')} FROM (${gathered})`,
  };
}

function carried(column: string): string {
  if (column === 'properties') return `properties::Map(String, String)`;
  return isAmount(column) || isProducts(column) ? column : `${column}::String`;
}
