import { sip, sipHash128 } from '@throughline/store';
import { describe, expect, it } from 'vitest';
import { Seen } from './seen.ts';

const hash = (text: string): [number, number] => {
  const bytes = Buffer.from(text);
  sipHash128(bytes, 0, bytes.length);
  return [sip[0]!, sip[1]!];
};

describe('the filter of seen ids', () => {
  it('knows every id that was added, and takes few others for known', () => {
    const seen = new Seen(0);
    for (let id = 0; id < 1_000_000; id += 1) seen.add(...hash(`id-${id}`));
    let known = 0;
    let mistaken = 0;
    for (let id = 0; id < 100_000; id += 1) {
      if (seen.perhaps(...hash(`id-${id * 10}`))) known += 1;
      if (seen.perhaps(...hash(`new-${id}`))) mistaken += 1;
    }
    expect(known).toBe(100_000);
    expect(mistaken).toBeLessThan(1_000);
  });

  it('says when a larger one would answer better', () => {
    const seen = new Seen(0);
    for (let id = 0; id < 1_000_000; id += 1) seen.add(id, id);
    expect(seen.crowded).toBe(false);
    seen.add(1, 1);
    expect(seen.crowded).toBe(true);
  });
});
