/** What the card around the band takes from its width, as a share of it in per cent. */
const CARD_PERCENT = 1.5;

/** What the Sankey's nodes are wide, in pixels. */
export const NODE_WIDTH = 12;

/** Where the middle of the `at`-th of the nodes 0 to `last` is, as a style's `left`. */
export function bandMiddle(columns: number, last: number, at: number): string {
  const { left, right } = bandRoom(columns, last);
  const way = last === 0 ? 0 : at / last;
  return `calc(${left + way * (100 - left - right)}% + ${NODE_WIDTH * (0.5 - way)}px)`;
}

/**
 * Room left of the first node and right of the last, in per cent, so that each node stands over the middle of its
 * column. A Sankey stretches to the last node it has, so columns that nobody reached are room at the right.
 */
export function bandRoom(columns: number, last: number): { left: number; right: number } {
  const column = 100 / columns;
  return {
    left: column / 2 - CARD_PERCENT,
    right: column / 2 - CARD_PERCENT + (columns - 1 - last) * column,
  };
}
