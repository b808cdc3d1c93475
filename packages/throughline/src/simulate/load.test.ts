import { expect, test } from 'vitest';
import type { Call } from './call.ts';
import { load } from './load.ts';

const calls = Array.from(
  { length: 25 },
  (_, index): Call => ({
    type: 'page',
    messageId: `m${index}`,
    anonymousId: 'v',
    context: {},
    timestamp: '2026-01-01T00:00:00.000Z',
  }),
);

/** A collector that answers what it is told to, then 200 for good. */
function collector(answers: Response[] = []) {
  const taken: string[] = [];
  const pauses: number[] = [];
  let under = 0;
  let most = 0;
  return {
    taken,
    pauses,
    most: () => most,
    fetch: async (request: Request) => {
      under += 1;
      most = Math.max(most, under);
      const { batch } = (await request.json()) as { batch: Call[] };
      under -= 1;
      const answer = answers.shift() ?? Response.json({ success: true });
      if (answer.ok) taken.push(...batch.map(({ messageId }) => messageId));
      return answer;
    },
    pause: async (ms: number) => pauses.push(ms),
  };
}

const to = { base: 'http://localhost:1', write_key: 'key', batch: 10 };

test('sends every call once, in batches, and reports how far it is', async () => {
  const server = collector();
  const progress: number[] = [];
  const report = await load(calls, {
    ...to,
    ...server,
    concurrency: 1,
    onProgress: (sent) => progress.push(sent),
  });
  expect(server.taken).toEqual(calls.map(({ messageId }) => messageId));
  expect(progress).toEqual([10, 20, 25]);
  expect(report).toEqual({ sent: 25, retries: 0, refused: {} });
});

test('keeps no more requests under way than allowed', async () => {
  const server = collector();
  await load(calls, { ...to, ...server, batch: 2, concurrency: 3 });
  expect(server.taken).toHaveLength(25);
  expect(server.most()).toBe(3);
});

test('waits as long as a full collector asks, and sends the same again', async () => {
  const server = collector([
    new Response('', { status: 503, headers: { 'retry-after': '2' } }),
    new Response('', { status: 429 }),
  ]);
  const report = await load(calls, { ...to, ...server, concurrency: 1 });
  expect(server.pauses).toEqual([2_000, 200]);
  expect(server.taken).toEqual(calls.map(({ messageId }) => messageId));
  expect(report.retries).toBe(2);
});

test('stops with the collector’s own words when it is refused', async () => {
  const server = collector([new Response('wrong key', { status: 401 })]);
  await expect(load(calls, { ...to, ...server })).rejects.toThrow('401 wrong key');
});

test('counts what the collector left out of a batch that it took', async () => {
  const refused = [
    { index: 1, reason: 'bad_time' },
    { index: 2, reason: 'bad_time' },
  ];
  const server = collector([Response.json({ success: true, refused })]);
  expect((await load(calls, { ...to, ...server })).refused).toEqual({ bad_time: 2 });
});
