import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

/** Work that runs until it is told to end. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let started = false;
  const run = () => {
    started = true;
    return ended;
  };
  return { run, end, started: () => started };
}

test('only so many run at a time, the others in their order', async () => {
  const slots = new Slots({ running_max: 2, waiting_max: 10 });
  const all = [work(), work(), work(), work()];
  const done = all.map((one) => slots.run(one.run));
  expect(all.map((one) => one.started())).toEqual([true, true, false, false]);
  all[1]?.end();
  await done[1];
  await expect.poll(() => all.map((one) => one.started())).toEqual([true, true, true, false]);
  for (const one of all) one.end();
  await Promise.all(done);
});

test('a line that is full refuses at once', async () => {
  const slots = new Slots({ running_max: 1, waiting_max: 1 });
  const first = work();
  const running = slots.run(first.run);
  const waiting = slots.run(async () => 'second');
  await expect(slots.run(async () => 'third')).rejects.toThrow('Too many queries are waiting (limit 1)');
  first.end();
  await running;
  expect(await waiting).toBe('second');
});

test('work that fails gives its slot back', async () => {
  const slots = new Slots({ running_max: 1, waiting_max: 0 });
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.run(async () => 'yes')).toBe('yes');
});
