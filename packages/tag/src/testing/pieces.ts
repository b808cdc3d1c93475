import fc from 'fast-check';

/** What JSON, addresses and patterns trip over. */
const PIECES = ['a', '@', '.', '\\', '"', '\n', '\u0000', '\ud800', 'é', '/', '%40', ' ', ':', '{', ','];

/** Texts of such pieces, and of these. */
export const textOfPieces = (...more: string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...PIECES, ...more)).map((pieces) => pieces.join(''));
