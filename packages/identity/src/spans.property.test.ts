import { DEFAULT_IDENTITY_RULES, type Identifier, type Link } from '@throughline/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownerAt } from './owner-at.ts';
import { personId } from './person-id.ts';
import { resolve } from './resolve.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One event of a visitor's log: a look at a page, a purchase by its number alone, a customer's identify, or a log-out. */
interface Logged {
  time: number;
  session: number;
  does: 'look' | 'buy' | 'logout' | { user: string };
}

/** Sessions one after the other, more than half an hour apart, as one browser makes them. */
const anyLog = (looking: 'look' | 'buy'): fc.Arbitrary<Logged[]> =>
  fc
    .array(
      fc.record({
        pause: fc.oneof(
          fc.integer({ min: 31 * MINUTE, max: 2 * DAY }),
          fc.constantFrom(89, 90, 91, 199, 200, 201).map((days) => days * DAY),
        ),
        events: fc.array(
          fc.record({
            gap: fc.integer({ min: 1, max: 29 * MINUTE }),
            does: fc.oneof(
              { weight: 4, arbitrary: fc.constant(looking) },
              { weight: 1, arbitrary: fc.constant('logout' as const) },
              { weight: 2, arbitrary: fc.constantFrom('ann', 'bob', 'eve').map((user) => ({ user })) },
            ),
          }),
          { minLength: 1, maxLength: 6 },
        ),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((sessions) => {
      let clock = Date.parse('2025-01-01T00:00:00.000Z');
      return sessions.flatMap(({ pause, events }) => {
        clock += pause;
        const session = clock;
        return events.map(({ gap, does }, index): Logged => {
          if (index > 0) clock += gap;
          return { time: clock, session, does };
        });
      });
    });

const ALONE_DAYS = 200;

/** Further back where one customer alone was ever identified. */
const lookBackOf = (log: readonly Logged[], days: number) =>
  (new Set(log.flatMap((one) => userOf(one) ?? [])).size > 1 ? days : ALONE_DAYS) * DAY;

const userOf = ({ does }: Logged) => (typeof does === 'object' ? does.user : undefined);

/** The rule of `spansOf` for one event, read from the whole log in the most literal way. */
function ownerOf(log: readonly Logged[], place: number, lookBackMs: number): { user: string; rule: string } {
  const event = log[place]!;
  const after = log.map((_, index) => index).filter((index) => index > place && userOf(log[index]!));
  const upTo = log.map((_, index) => index).filter((index) => index <= place && userOf(log[index]!));
  const logoutIn = (from: number, to: number) =>
    log.slice(from, to).some((between) => between.does === 'logout');

  const last = upTo.at(-1);
  const stays = last !== undefined && !logoutIn(last, place);
  if (stays && log[last]!.session === event.session) {
    return { user: userOf(log[last]!)!, rule: 'identified_in_session' };
  }
  const next = after[0];
  if (next !== undefined && log[next]!.session === event.session && !logoutIn(place, next)) {
    return { user: userOf(log[next]!)!, rule: 'identified_in_session' };
  }
  if (stays) return { user: userOf(log[last]!)!, rule: 'identified_before' };
  if (next !== undefined) {
    const leaving = log
      .slice(0, next)
      .findLast((one) => one.does === 'logout' && one.session === log[next]!.session);
    const start = leaving === undefined ? log[next]!.session : leaving.time + 1;
    if (start - event.time <= lookBackMs) return { user: userOf(log[next]!)!, rule: 'identified_later' };
  }
  return { user: '', rule: 'nobody' };
}

const iso = (time: number) => new Date(time).toISOString();

const orderOf = (place: number) => `order-${place}`;

const linksOf = (log: readonly Logged[]): Link[] =>
  log.flatMap((event, index): Link[] => {
    if (event.does === 'look') return [];
    const user = userOf(event);
    const names: Identifier[] =
      user !== undefined
        ? [{ kind: 'user_id', value: user }]
        : event.does === 'buy'
          ? [{ kind: 'order_id', value: orderOf(index) }]
          : [];
    return [
      {
        site: 's',
        event_id: `e${index}`,
        kind: event.does === 'logout' ? 'logout' : 'identify',
        visitor_id: 'v',
        session_id: `${event.session}`,
        session_started_at: iso(event.session),
        time: iso(event.time),
        seq: index,
        identifiers: names,
        traits: {},
        proven: true,
        source: 'tag',
        author: '',
        reason: '',
        target: '',
        segment: '',
      },
    ];
  });

test('the spans say of every event what the rule says of it', () => {
  fc.assert(
    fc.property(anyLog('look'), fc.constantFrom(0, 1, 90), (log, look_back_days) => {
      const rules = { ...DEFAULT_IDENTITY_RULES, look_back_days, look_back_alone_days: ALONE_DAYS };
      const lookBack = lookBackOf(log, look_back_days);
      const spans = resolve(linksOf(log), rules, 's').assignments[0]?.spans ?? [];
      for (const [place, event] of log.entries()) {
        const expected = ownerOf(log, place, lookBack);
        const span = ownerAt(spans, iso(event.time));
        const person = expected.user === '' ? '' : personId('s', { kind: 'user_id', value: expected.user });
        expect(span?.person_id ?? '').toBe(person);
        // A span cannot know how long a session lasts after its last link.
        const rule = span?.rule ?? 'nobody';
        if (rule !== expected.rule)
          expect([rule, expected.rule]).toEqual(['identified_before', 'identified_in_session']);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('a purchase belongs to whoever the rule says owned the visitor when it was made', () => {
  fc.assert(
    fc.property(anyLog('buy'), fc.constantFrom(0, 1, 90), (log, look_back_days) => {
      const rules = { ...DEFAULT_IDENTITY_RULES, look_back_days, look_back_alone_days: ALONE_DAYS };
      const lookBack = lookBackOf(log, look_back_days);
      const { customers } = resolve(linksOf(log), rules, 's');
      const customerOf = (place: number) =>
        customers.find(({ identifiers }) => identifiers.some(({ value }) => value === orderOf(place)));
      for (const [place, event] of log.entries()) {
        if (event.does !== 'buy') continue;
        const customer = customerOf(place);
        const { user } = ownerOf(log, place, lookBack);
        if (user !== '') expect(customer?.identifiers[0]?.value).toBe(user);
        else {
          // Nobody's: with the purchases before and after that no log-out parts from it and that are nobody's too.
          const from = log.slice(0, place).findLastIndex(({ does }) => does === 'logout') + 1;
          const end = log.findIndex(({ does }, index) => index > place && does === 'logout');
          const same = log
            .map((_, index) => index)
            .slice(from, end < 0 ? undefined : end)
            .filter((index) => log[index]!.does === 'buy')
            .filter((index) => ownerOf(log, index, lookBack).user === '');
          expect(customer?.identifiers.map(({ value }) => value)).toEqual(same.map(orderOf).sort());
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
