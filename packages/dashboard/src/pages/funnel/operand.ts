import type { Filter, Operator } from '@throughline/contract';

const NUMERIC: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];

/** The filter for what was typed: a list for `in`, a number where the comparison is one, nothing for `exists`. */
export function operandOf(property: string, op: Operator, text: string): Filter {
  if (op === 'exists' || op === 'not_exists') return { property, op };
  if (op === 'in' || op === 'not_in') {
    const values = text.split(',').map((part) => part.trim());
    return { property, op, value: values.filter((value) => value !== '') };
  }
  const number = Number(text);
  const numeric = NUMERIC.includes(op) && text.trim() !== '' && Number.isFinite(number);
  return { property, op, value: numeric ? number : text };
}

export function operandText({ value }: Filter): string {
  return Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value);
}
