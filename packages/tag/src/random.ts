/**
 * Some 52 random bits, as digits. Not from `crypto`: these ids are told apart, never kept secret, and each stands beside
 * a moment or another such text.
 */
export const random = (): string => `${Math.random()}`.slice(2);
