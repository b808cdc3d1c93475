import { describe, expect, it } from 'vitest';
import { operandOf, operandText } from './operand.ts';

describe('what is typed into a filter', () => {
  it('is a list for “is one of”', () => {
    expect(operandOf('channel', 'in', ' email, direct ,, sms')).toEqual({
      property: 'channel',
      op: 'in',
      value: ['email', 'direct', 'sms'],
    });
  });

  it('is a number where numbers are compared, and text where they are not', () => {
    expect(operandOf('total', 'gte', '500').value).toBe(500);
    expect(operandOf('total', 'gte', 'many').value).toBe('many');
    expect(operandOf('order_id', 'eq', '500').value).toBe('500');
  });

  it('is nothing for “is known”', () => {
    expect(operandOf('total', 'exists', '500')).toEqual({ property: 'total', op: 'exists' });
  });

  it('can be read back into the field', () => {
    expect(operandText(operandOf('channel', 'in', 'a,b'))).toBe('a, b');
    expect(operandText({ property: 'total', op: 'gt', value: 0 })).toBe('0');
  });
});
