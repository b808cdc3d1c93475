import { REFUSAL_REASONS } from '@throughline/contract';
import { expect, it } from 'vitest';
import { ADVICE } from './advice.ts';

it.each(REFUSAL_REASONS)('%s has one sentence that says what is wrong and what to do', (reason) => {
  expect(ADVICE[reason]).toMatch(/^[A-Z][^.!?]+[;,][^.!?]+\.$/);
});
