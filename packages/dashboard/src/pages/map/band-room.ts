/** What the card around the band takes from its width, as a share of it in per cent. */
const CARD_PERCENT = 1.5;

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
