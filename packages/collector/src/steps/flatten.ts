import { LIMITS } from '@throughline/contract';
import type { Fields } from './text.ts';

export interface Flat {
  values: Record<string, string>;
  /** Keys or parts of values that the limits cut off. */
  cut: number;
}

/**
 * Nested fields as one level of text, `{a:{b:1}}` → `{"a.b":"1"}`; array places count from 0. Null and
 * empty containers are left out, and so is an own `__proto__`. Returns undefined when the nesting is
 * deeper than LIMITS.depth_max. Walks with a stack of its own, so no input can exhaust the call stack.
 */
export function flatten(fields: Fields, skip: ReadonlySet<string> | undefined): Flat | undefined {
  const values: Record<string, string> = {};
  let cut = 0;
  let keys = 0;
  const stack: { prefix: string; value: object; depth: number }[] = [{ prefix: '', value: fields, depth: 1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const nested: typeof stack = [];
    for (const key of Object.keys(top.value)) {
      if (key === '__proto__' || (top.depth === 1 && skip?.has(key))) continue;
      const value = (top.value as Fields)[key];
      if (value === null || value === undefined) continue;
      const name = top.prefix + key;
      if (typeof value === 'object') {
        if (top.depth >= LIMITS.depth_max) return undefined;
        nested.push({ prefix: `${name}.`, value, depth: top.depth + 1 });
        continue;
      }
      if (keys >= LIMITS.keys_max || name.length > LIMITS.key_chars_max || name === '__proto__') {
        cut += 1;
        continue;
      }
      const text = typeof value === 'string' ? value : String(value);
      if (!Object.hasOwn(values, name)) keys += 1;
      if (text.length > LIMITS.value_chars_max) cut += 1;
      values[name] = text.length > LIMITS.value_chars_max ? text.slice(0, LIMITS.value_chars_max) : text;
    }
    for (let index = nested.length - 1; index >= 0; index -= 1) stack.push(nested[index]!);
  }
  return { values, cut };
}
