import { LIMITS, sessionStart } from '@throughline/contract';
import { describe, expect, test } from 'vitest';
import type { Call } from './call.ts';
import { simulate } from './simulate.ts';

const options = {
  seed: 7,
  days: 92,
  people: 2_000,
  start: '2026-08-01',
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
};
const { calls, count, truth } = simulate(options);
const all: Call[] = [...calls];
const sessions = Object.values(truth.sessions);
const named = (name: string) => all.filter((call) => call.event === name);

describe('chance', () => {
  const small = { ...options, people: 60, days: 20 };
  const text = (seed: number) => JSON.stringify([...simulate({ ...small, seed }).calls]);

  test('of one seed gives the same calls byte by byte, of another seed others', () => {
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  test('of one seed gives the same truth', () => {
    expect(simulate(small).truth).toEqual(simulate(small).truth);
  });
});

describe('every call', () => {
  test('is counted, in order of time, inside the range of local days', () => {
    expect(all).toHaveLength(count);
    const times = all.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
    expect(times[0]! >= '2026-07-31T17:00:00.000Z').toBe(true);
    expect(times.at(-1)! < '2026-10-31T17:00:00.000Z').toBe(true);
  });

  test('has an id of its own, a visitor or a user, and a persona in the truth', () => {
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(count);
    expect(truth.events).toHaveLength(count);
    const wrong = all.filter(({ messageId, anonymousId, userId }, number) => {
      const persona = truth.events[number]!;
      if (!messageId.endsWith(`-${number}`)) return true;
      if (persona === -1) return !truth.bots.includes(anonymousId!);
      const { visitors, user_id } = truth.personas[persona]!;
      return anonymousId === undefined ? userId !== user_id : !visitors.includes(anonymousId);
    });
    expect(wrong).toEqual([]);
  });

  test('keeps to the limits of the intake, two hundred in a batch', () => {
    const largest = Math.max(...all.map((call) => Buffer.byteLength(JSON.stringify(call))));
    expect(largest).toBeLessThan(8_000);
    for (let from = 0; from < count; from += 200) {
      const body = JSON.stringify({ batch: all.slice(from, from + 200) });
      expect(Buffer.byteLength(body)).toBeLessThan(LIMITS.body_bytes_max);
    }
    const ids = all.flatMap(({ anonymousId }) => anonymousId ?? []);
    expect(ids.filter((id) => !/^(?!p_)[A-Za-z0-9_-]{1,64}$/.test(id))).toEqual([]);
  });
});

test('a session is one visitor’s, starts when its id says, and never pauses for half an hour', () => {
  const last = new Map<string, { visitor: string; time: number }>();
  const wrong: Call[] = [];
  for (const call of all) {
    const id = call.context['sessionId'] as string | undefined;
    if (id === undefined) continue;
    const now = { visitor: call.anonymousId!, time: Date.parse(call.timestamp) };
    const before = last.get(id) ?? { visitor: now.visitor, time: sessionStart(id)! };
    const pause = now.time - before.time;
    if (before.visitor !== now.visitor || pause < 0 || pause >= LIMITS.session_silence_ms) wrong.push(call);
    last.set(id, now);
  }
  expect(wrong).toEqual([]);
  expect(last.size).toBe(sessions.length);
});

test('sessions of one visitor never overlap, and lie more than half an hour apart', () => {
  const ended = new Map<string, { session: string; time: number }>();
  const wrong: Call[] = [];
  for (const call of all) {
    const session = call.context['sessionId'] as string | undefined;
    if (session === undefined || truth.bots.includes(call.anonymousId!)) continue;
    const time = Date.parse(call.timestamp);
    const before = ended.get(call.anonymousId!) ?? { session, time };
    if (before.session !== session && time - before.time <= LIMITS.session_silence_ms) wrong.push(call);
    ended.set(call.anonymousId!, { session, time });
  }
  expect(ended.size).toBeGreaterThan(1_000);
  expect(wrong).toEqual([]);
});

describe('shares are those of a shop:', () => {
  const share = (part: number, whole: number) => part / whole;
  const people = truth.personas;

  test.each<[string, number, number, number]>([
    ['sessions that buy', share(truth.orders.length, sessions.length), 0.018, 0.035],
    [
      'carts that no order closes',
      share(truth.carts.filter((cart) => cart.state === 'abandoned').length, truth.carts.length),
      0.55,
      0.8,
    ],
    [
      'carts that are recovered',
      share(truth.carts.filter((cart) => cart.state === 'recovered').length, truth.carts.length),
      0.04,
      0.2,
    ],
    [
      'recoveries by e-mail',
      share(
        truth.carts.filter((cart) => cart.through === 'email').length,
        truth.carts.filter((cart) => cart.state === 'recovered').length,
      ),
      0.1,
      0.5,
    ],
    [
      'guest orders',
      share(truth.orders.filter(({ guest }) => guest).length, truth.orders.length),
      0.45,
      0.85,
    ],
    [
      'refunded orders',
      share(truth.orders.filter(({ refunded }) => refunded).length, truth.orders.length),
      0.01,
      0.12,
    ],
    [
      'people with two visitors or more',
      share(people.filter(({ visitors }) => visitors.length > 1).length, people.length),
      0.08,
      0.25,
    ],
    [
      'sessions from search',
      share(sessions.filter(({ channel }) => channel.endsWith('_search')).length, sessions.length),
      0.25,
      0.45,
    ],
  ])('%s', (_, value, least, most) => {
    expect(value).toBeGreaterThan(least);
    expect(value).toBeLessThan(most);
  });

  test('evenings are busier than nights, in the shop’s zone', () => {
    const hour = (call: Call) => new Date(Date.parse(call.timestamp) + 7 * 3_600_000).getUTCHours();
    const evening = all.filter((call) => hour(call) >= 19 && hour(call) < 22).length;
    const night = all.filter((call) => hour(call) >= 1 && hour(call) < 4).length;
    expect(evening).toBeGreaterThan(5 * night);
  });
});

describe('the story has', () => {
  test.each([
    'search',
    'list_viewed',
    'product_viewed',
    'cart_added',
    'cart_removed',
    'checkout_started',
    'payment_entered',
    'order_completed',
    'order_refunded',
    'signup_completed',
    'login',
    'logout',
    'form_submitted',
    'form_abandoned',
    'email_opened',
    'email_clicked',
    'survey_answered',
    'store_visit',
    'support_contact',
    'rage_click',
    'error_seen',
  ])('%s', (name) => {
    expect(named(name).length).toBeGreaterThan(0);
  });

  test('families on one tablet, and robots', () => {
    const hands = Object.values(truth.visitors).filter((personas) => personas.length > 1);
    expect(hands.length).toBeGreaterThan(3);
    expect(truth.bots.length).toBeGreaterThan(5);
  });

  test('each order told by the server, and by the browser for nearly all', () => {
    const told = named('order_completed').map((call) => [
      call.properties!['order_id'],
      'sessionId' in call.context,
    ]);
    const byServer = told.filter(([, browser]) => !browser).map(([id]) => id);
    const byBrowser = told.filter(([, browser]) => browser).map(([id]) => id);
    const ids = truth.orders.map(({ order_id }) => order_id);
    expect(new Set(byServer).size).toBe(byServer.length);
    expect(ids.filter((id) => byServer.includes(id)).length).toBeGreaterThan(0.99 * ids.length);
    expect(byBrowser.length / ids.length).toBeGreaterThan(0.9);
    expect(new Set(byBrowser).size).toBe(byBrowser.length);
    for (const id of byBrowser) expect(ids).toContain(id);
  });

  test('survey scores from 0 to 10, mostly good', () => {
    const scores = named('survey_answered').map((call) => call.properties!['score'] as number);
    for (const score of scores) expect(Number.isInteger(score) && score >= 0 && score <= 10).toBe(true);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(7);
  });
});

test('another currency has prices of its own', () => {
  const dollars = simulate({ ...options, currency: 'USD', people: 600 }).truth.orders;
  expect(dollars.length).toBeGreaterThan(0);
  for (const { total } of dollars) expect(total).toBeLessThan(2_000);
});

test('a start that is no date is refused', () => {
  expect(() => simulate({ ...options, start: 'yesterday' })).toThrow('not a date');
});
