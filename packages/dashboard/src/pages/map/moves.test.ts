import { describe, expect, it } from 'vitest';
import { mockMap } from '../../testing/mock-map.ts';
import { forwardMoves } from './moves.ts';

const view = mockMap({ from: '2026-11-01', to: '2026-11-22' }, 1, 'VND');

describe('the moves on the band', () => {
  it('go forwards only, so that they hold no cycle', () => {
    const moves = forwardMoves({
      ...view,
      moves: [...view.moves, { source: 'cart', target: 'cart', people: 3, median_s: 1 }],
    });
    expect(moves).not.toContainEqual(expect.objectContaining({ source: 'cart', target: 'consider' }));
    expect(moves).not.toContainEqual(expect.objectContaining({ source: 'cart', target: 'cart' }));
    expect(moves).toContainEqual({ source: 'cart', target: 'checkout', people: 1_306, median_s: 1_260 });
  });

  it('leave out stages that are not on the map, and moves of nobody', () => {
    const moves = [
      { source: 'cart', target: 'gone', people: 3, median_s: 1 },
      { source: 'cart', target: 'checkout', people: 0, median_s: null },
    ];
    expect(forwardMoves({ ...view, moves })).toEqual([]);
  });
});
