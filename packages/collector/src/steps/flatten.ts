import { LIMITS } from '@throughline/contract';
import type { Cuts } from './cuts.ts';
import { type Fields, withoutControls } from './text.ts';

/**
 * Nested fields as one level of text, `{a:{b:1}}` → `{"a.b":"1"}`; array places count from 0. Null and
 * empty containers are left out, and so is an own `__proto__`. What cannot be kept is told to `cuts`: keys
 * beyond the limits, numbers that no double holds, and a second value that comes to the same name. Returns
 * undefined when the nesting is deeper than LIMITS.depth_max. Walks in the order of the document with a stack
 * of its own, so no input can exhaust the call stack.
 */
export function flatten(
  fields: Fields,
  skip: ReadonlySet<string> | undefined,
  cuts: Cuts,
): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  let kept = 0;
  const stack = [{ prefix: '', value: fields as object, keys: Object.keys(fields), next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next >= top.keys.length) {
      stack.pop();
      continue;
    }
    const key = top.keys[top.next]!;
    top.next += 1;
    if (key === '__proto__' || (stack.length === 1 && skip?.has(key))) continue;
    const value = (top.value as Fields)[key];
    if (value === null || value === undefined) continue;
    const clean = withoutControls(key);
    // A name that is too long stays so, and is not written out again for each of the 20,000 fields below it.
    const name = top.prefix.length > LIMITS.key_chars_max ? top.prefix : top.prefix + clean;
    if (typeof value === 'object') {
      if (stack.length >= LIMITS.depth_max) return undefined;
      stack.push({
        prefix: `${name}.`.slice(0, LIMITS.key_chars_max + 1),
        value,
        keys: Object.keys(value),
        next: 0,
      });
    } else if (
      kept >= LIMITS.keys_max ||
      name.length > LIMITS.key_chars_max ||
      name === '__proto__' ||
      (clean === '' && key !== '') ||
      (typeof value === 'number' && !Number.isFinite(value)) ||
      Object.hasOwn(values, name)
    ) {
      cuts.add(name);
    } else {
      const text = typeof value === 'string' ? value : String(value);
      kept += 1;
      if (text.length > LIMITS.value_chars_max) cuts.add(name);
      values[name] = text.length > LIMITS.value_chars_max ? text.slice(0, LIMITS.value_chars_max) : text;
    }
  }
  return values;
}
