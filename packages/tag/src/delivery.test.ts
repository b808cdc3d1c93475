// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attempt, leave, resume, send } from './delivery.ts';
import { options } from './options.ts';
import { keyOf, waiting } from './outbox.ts';
import { put } from './shelf.ts';

/** Answers in their order, then the collector's yes; `undefined` is a network error. */
let answers: (Response | undefined)[];
let batches: string[];

const collector = (status: number) =>
  new Response('{}', { status, headers: { 'content-type': 'application/json' } });
const unavailable = (retry_after?: string) =>
  new Response('', { status: 503, headers: retry_after ? { 'retry-after': retry_after } : {} });

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(options, { site: 'shop', endpoint: 'https://collector.example/e' });
  answers = [];
  batches = [];
  vi.stubGlobal('fetch', async (_endpoint: string, { body }: { body: string }) => {
    batches.push(body);
    const answer = answers.length > 0 ? answers.shift() : collector(200);
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  });
  put(keyOf('mwxy0000.1'), '{"id":"1"}');
});
afterEach(async () => {
  answers = [];
  resume();
  await vi.runAllTimersAsync();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const chance = (value: number) => vi.spyOn(Math, 'random').mockReturnValue(value);

/** Sends, fails so many times, and gives the pause before each next attempt in seconds. */
async function pauses(count: number): Promise<number[]> {
  const found: number[] = [];
  answers = Array.from({ length: count + 1 }, () => undefined);
  send();
  await vi.advanceTimersByTimeAsync(0);
  for (let n = 0; n < count; n++) {
    const before = Date.now();
    const sent = batches.length;
    while (batches.length === sent) await vi.advanceTimersByTimeAsync(100);
    found.push(Math.round((Date.now() - before) / 100) / 10);
  }
  return found;
}

describe('a pause after a failure', () => {
  it('grows as the square of the failures, to 81 seconds and no further', async () => {
    chance(0);
    const [first, ...others] = await pauses(12);
    expect(first).toBe(1);
    expect(others.slice(-3)).toEqual([81, 81, 81]);
    for (const [n, pause] of others.entries())
      expect(pause).toBeGreaterThanOrEqual(n ? others[n - 1]! : first!);
  });

  it('is up to twice as long by chance, so that browsers do not come back in step', async () => {
    chance(0.5);
    expect((await pauses(12)).at(-1)).toBe(121.5);
  });

  it('is as long as Retry-After says, and longer by chance', async () => {
    chance(0.25);
    answers = [unavailable('40')];
    send();
    await vi.advanceTimersByTimeAsync(49_900);
    expect(batches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(batches).toHaveLength(2);
    expect(waiting()).toEqual([]);
  });

  it('ends when the browser is online again', async () => {
    answers = [undefined];
    send();
    await vi.advanceTimersByTimeAsync(0);
    resume();
    await vi.advanceTimersByTimeAsync(0);
    expect([batches.length, waiting()]).toEqual([2, []]);
  });
});

it('sends the same event again under the same id', async () => {
  answers = [unavailable(), undefined];
  send();
  await vi.runAllTimersAsync();
  expect(batches.map((body) => JSON.parse(body).slice(3))).toEqual([
    [{ id: '1' }],
    [{ id: '1' }],
    [{ id: '1' }],
  ]);
});

it.each([
  ['a page of a captive portal', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['a proxy’s 403', new Response('', { status: 403 })],
  ['a proxy’s 404', new Response('', { status: 404 })],
  ['a proxy’s 413', new Response('', { status: 413, headers: { 'content-type': 'text/html' } })],
  ['a time-out', new Response('', { status: 408 })],
  ['the collector’s 403', collector(403)],
])('keeps what was answered by %s, and sends it again', async (_what, answer) => {
  answers = [answer];
  send();
  await vi.advanceTimersByTimeAsync(0);
  expect([batches.length, waiting().length]).toEqual([1, 1]);
  await vi.runAllTimersAsync();
  expect([batches.length, waiting()]).toEqual([2, []]);
});

it.each([400, 401])('gives up what the collector itself refuses with %i', async (status) => {
  answers = [collector(status)];
  send();
  await vi.runAllTimersAsync();
  expect([batches.length, waiting()]).toEqual([1, []]);
});

it('sends no second request while one is on its way', async () => {
  send();
  send();
  await vi.advanceTimersByTimeAsync(0);
  expect(batches).toHaveLength(1);
});

describe('what waits', () => {
  it('is kept until it is answered, also by a page that is left or hidden', async () => {
    send();
    await vi.advanceTimersByTimeAsync(0);
    put(keyOf('mwxy0001.2'), '{"id":"2"}');
    answers = [unavailable('40')];
    attempt();
    expect([batches.length, waiting().length]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting()).toHaveLength(1);
  });

  it('goes with a page that is left, together with what is on its way', async () => {
    send();
    await vi.advanceTimersByTimeAsync(0);
    put(keyOf('mwxy0001.2'), '{"id":"2"}');
    put(keyOf('mwxy0001.3'), '{"id":"3"}');
    answers = [new Promise(() => {}) as never];
    send();
    put(keyOf('mwxy0001.4'), '{"id":"4"}');
    leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches.map((body) => JSON.parse(body)[3])).toEqual([{ id: '1' }, { id: '3' }, { id: '4' }]);
    expect(waiting()).toEqual([]);
  });

  it.each([
    ['hidden', attempt],
    ['left', leave],
  ])('stays in a pause that the collector has asked for, when the page is %s', async (_what, go) => {
    answers = [unavailable('40')];
    send();
    await vi.advanceTimersByTimeAsync(0);
    go();
    await vi.advanceTimersByTimeAsync(0);
    expect([batches.length, waiting().length]).toEqual([1, 1]);
  });

  it('is not sent once more by a page that is hidden while it is on its way', async () => {
    answers = [new Promise(() => {}) as never];
    send();
    attempt();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toHaveLength(1);
  });
});
