export * from './closure.ts';
export * from './explain.ts';
export * from './hash.ts';
export * from './identifier.ts';
export * from './normalise.ts';
export * from './resolve.ts';
export * from './rules.ts';
