import type { MapView } from '@throughline/contract';

/**
 * The moves a Sankey can draw: towards a later column. Some people meet a later stage first (a link straight to
 * a cart) and an earlier one afterwards; drawn as well these would be cycles, which a Sankey cannot hold. They
 * stand in the table, which has every move.
 */
export function forwardMoves(view: MapView): MapView['moves'] {
  const order = new Map(view.stages.map((stage, index) => [stage.stage, index]));
  return view.moves.filter(({ source, target, people }) => {
    const from = order.get(source);
    const to = order.get(target);
    return people > 0 && from !== undefined && to !== undefined && from < to;
  });
}
