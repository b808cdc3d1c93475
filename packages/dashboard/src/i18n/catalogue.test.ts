import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { vi } from './vi.ts';

type Leaf = string | ((...args: never[]) => string) | readonly string[];

/** Every text with its path, `map.leaks`. */
function leaves(value: unknown, path = ''): [string, Leaf][] {
  if (typeof value === 'string' || typeof value === 'function' || Array.isArray(value))
    return [[path, value as Leaf]];
  return Object.entries(value as object).flatMap(([key, child]) =>
    leaves(child, path ? `${path}.${key}` : key),
  );
}

/** What a text reads like with sample values filled in: a number and texts that can be found again. */
function filled(leaf: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  if (typeof leaf !== 'function') return leaf.join('\n');
  const counted = leaf.length === 2 && /^\(_?n,/.test(String(leaf));
  return counted
    ? (leaf as (n: number, shown: string) => string)(2, '«1»')
    : (leaf as (...args: string[]) => string)('«1»', '«2»');
}

const english = new Map(leaves(en));
const vietnamese = new Map(leaves(vi));

describe('the catalogue', () => {
  it('has the same texts in both languages', () => {
    expect([...vietnamese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('has no empty text', () => {
    const empty = [...english, ...vietnamese].filter(([, leaf]) => filled(leaf).trim() === '');
    expect(empty.map(([path]) => path)).toEqual([]);
  });

  it('fills in the same values in both languages', () => {
    const values = (leaf: Leaf) => [...new Set(filled(leaf).match(/«\d»/g))].sort();
    const differing = [...english].filter(
      ([path, leaf]) => values(leaf).join() !== values(vietnamese.get(path)!).join(),
    );
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  it('does not leave English standing in Vietnamese', () => {
    const same = [...english].filter(([path, leaf]) => filled(leaf) === filled(vietnamese.get(path)!));
    expect(same.map(([path]) => path).sort()).toEqual([
      'channels.sms',
      'counts.times',
      'customer.and_more',
      'customer.evidence_line',
      'devices.tv',
      'map.nps',
      'map.who_touchpoint',
      'name',
      'none',
      'properties.sku',
      'set_up.robot',
    ]);
  });

  it('says one person and two people', () => {
    expect([en.counts.people(1, '1'), en.counts.people(2, '2')]).toEqual(['1 person', '2 people']);
    expect([vi.counts.people(1, '1'), vi.counts.people(2, '2')]).toEqual(['1 khách', '2 khách']);
  });
});
