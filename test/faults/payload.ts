import fc from 'fast-check';

/** A request of any kind to an intake route. */
export interface Payload {
  body: Uint8Array;
  headers: Record<string, string>;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '\ud800',
    'NaN',
    "'; DROP TABLE events --",
    '\u0000',
    '[object Object]',
    '9999999999999-01-01T00:00:00Z',
  ),
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  text,
  fc.double(),
  fc.constantFrom(1e308, -1, 2 ** 53, 2 ** 31, '', null, true, [], {}),
  fc.constantFrom({ __proto__: { polluted: 1 } }, { constructor: { prototype: { polluted: 1 } } }),
);
const NAMES = (
  'site visitor sent_at sessions events id name at seq session url title referrer reader properties identity ' +
  'user_id traits batch type event messageId anonymousId userId context timestamp sentAt previousId groupId ' +
  'products items total value revenue currency order_id ecommerce email phone price quantity __proto__ constructor'
).split(' ');
const fields = fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, text), value, {
  maxKeys: 10,
});
/** JSON.stringify leaves an own `__proto__` in, which is how one travels. */
const poisoned = (json: string) => json.replace('"constructor":', '"__proto__":');

const taggedFor = (site: string) =>
  fc
    .tuple(fc.array(fields, { minLength: 1, maxLength: 4 }), fields, value, fc.nat())
    .map(([events, more, odd, number]) => ({
      site,
      visitor: 'v1',
      sent_at: odd,
      events: events.map((event, seq) => ({ id: `f${number}-${seq}`, name: 'x', seq, ...event })),
      ...(typeof odd === 'string' ? more : {}),
    }));
const called = fc.tuple(fc.array(fields, { maxLength: 4 }), fields).map(([batch, more]) => ({
  ...more,
  type: 'track',
  event: 'x',
  anonymousId: 'a1',
  batch: batch.map((call) => ({ type: 'track', event: 'x', anonymousId: 'a1', ...call })),
}));

const jsonFor = (site: string) =>
  fc
    .oneof({ weight: 4, arbitrary: taggedFor(site) }, { weight: 4, arbitrary: called }, fields, value)
    .map((body) => Buffer.from(poisoned(JSON.stringify(body) ?? 'undefined')));

/** The same bytes with some changed. */
function changed(bytes: Buffer, changes: readonly (readonly [at: number, byte: number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
  return copy;
}
const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });

const header = fc.string({ unit: fc.constantFrom(...'abcZ09-_.,;:/="\' '), maxLength: 60 });
const headers = fc
  .record(
    {
      'content-type': fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        '',
      ),
      'content-encoding': fc.constantFrom(
        'identity',
        'identity',
        'identity',
        'identity',
        '',
        'gzip',
        'deflate',
        'br',
        'x',
      ),
      'user-agent': header,
      origin: header,
      referer: header,
      cookie: header,
      'sec-ch-ua': header,
      'x-forwarded-for': header,
    },
    { requiredKeys: [] },
  )
  .map((given) => Object.fromEntries(Object.entries(given).map(([name, said]) => [name, said.trim()])));

/** For the site of this key, at times. */
export const payloadFor = (site: string): fc.Arbitrary<Payload> =>
  fc.record({
    body: fc.oneof(
      { weight: 5, arbitrary: jsonFor(site) },
      { weight: 3, arbitrary: fc.tuple(jsonFor(site), changes).map(([bytes, made]) => changed(bytes, made)) },
      fc.uint8Array({ maxLength: 300 }),
    ),
    headers: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, headers),
  });

/** A query string for the pixel. */
export const query: fc.Arbitrary<string> = fc
  .dictionary(fc.oneof(fc.constantFrom('site', 'e', 'id', 'v', 'u', 'url', 'p.x', 'p.__proto__'), text), text)
  .map((given) =>
    // Lone surrogates become what a URL can carry.
    new URLSearchParams(given).toString(),
  );
