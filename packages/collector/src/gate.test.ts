import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

describe('the gate', () => {
  it('runs as many as may at one moment, the others in their order, and turns away who would wait too long', async () => {
    const gate = new Gate(2, 1);
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () =>
      new Promise<string>((resolve) => {
        log.push(name);
        ends.push(() => resolve(name));
      });
    const first = gate.run(work('a'));
    gate.run(work('b'));
    const third = gate.run(work('c'));
    expect(gate.run(work('d'))).toBeUndefined();
    expect(log).toEqual(['a', 'b']);
    ends[0]!();
    expect(await first).toBe('a');
    await Promise.resolve();
    expect(log).toEqual(['a', 'b', 'c']);
    ends[2]!();
    expect(await third).toBe('c');
  });

  it('goes on after a work that failed', async () => {
    const gate = new Gate(1, 1);
    await expect(gate.run(() => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
    expect(await gate.run(() => Promise.resolve('next'))).toBe('next');
  });
});
