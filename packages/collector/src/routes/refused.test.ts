import { describe, expect, it } from 'vitest';
import { freshCollector } from '../testing/fresh-collector.ts';
import { SHOP, type Started } from '../testing/start.ts';

let started: Started;
let headers: Record<string, string>;
freshCollector((fresh) => {
  ({ started, headers } = fresh);
});

interface Told {
  error: { code: string; message: string; at: string };
  refused: object[];
}
const told = async (path: string, body: unknown, more = headers) =>
  (await (await started.post(path, body, more)).json()) as Told;
const call = { userId: 'u1', event: 'x' };

describe('a refused call', () => {
  it.each<[string, object, string, string]>([
    ['track', { userId: '1' }, 'missing_name', 'event'],
    ['track', { event: 'x' }, 'missing_visitor', 'userId'],
    ['track', { event: 'x', anonymousId: 'null' }, 'missing_visitor', 'anonymousId'],
    ['track', { ...call, timestamp: 'soon' }, 'bad_time', 'timestamp'],
    ['track', { ...call, originalTimestamp: 'soon' }, 'bad_time', 'originalTimestamp'],
    ['track', { ...call, properties: [1] }, 'malformed', 'properties'],
    ['page', { userId: '1', properties: 'x' }, 'malformed', 'properties'],
    ['group', { userId: '1', traits: [1] }, 'malformed', 'traits'],
    ['identify', { userId: '1', traits: 5 }, 'malformed', 'traits'],
    ['identify', { userId: '1', context: { traits: 5 } }, 'malformed', 'context.traits'],
    ['identify', { anonymousId: 'a', traits: { email: 'nobody' } }, 'bad_identifier', 'traits'],
    ['identify', { anonymousId: 'a', userId: 'null' }, 'bad_identifier', 'userId'],
  ])('to /v1/%s of %j is %s at %s', async (name, body, code, at) => {
    expect(await told(`/v1/${name}`, body)).toMatchObject({
      error: { code, at },
      refused: [{ index: 0, reason: code, at }],
    });
  });

  it('in a batch is told by its reason and its place', async () => {
    const batch = [
      { type: 'zzz', userId: '1' },
      5,
      { type: 'track', userId: '1', event: 'ok' },
      { type: 'track', userId: '1' },
    ];
    expect(await told('/v1/batch', { batch })).toEqual({
      success: true,
      refused: [
        { index: 0, reason: 'malformed', at: 'batch[0].type' },
        { index: 1, reason: 'malformed', at: 'batch[1]' },
        { index: 3, reason: 'missing_name', at: 'batch[3].event' },
      ],
    });
    expect((await told('/v1/batch', { batch: [5] })).error).toMatchObject({
      code: 'malformed',
      at: 'batch[0]',
    });
  });

  it('of the tag is told by its place in the events', async () => {
    const event = { id: 'e1', name: 'x', at: 1, seq: 1 };
    const send = (more: object) => told('/e', { site: SHOP.site, visitor: 'v', sent_at: 1, ...more }, {});
    const { refused } = await send({ events: [event, { ...event, name: '' }, { ...event, identity: 7 }] });
    expect(refused).toEqual([
      { index: 1, reason: 'missing_name', at: 'events[1].name' },
      { index: 2, reason: 'malformed', at: 'events[2].identity' },
    ]);
    expect((await send({ visitor: '', events: [event] })).error.at).toBe('visitor');
  });

  it('of the pixel is told by its parameter', async () => {
    const answer = await started.collector.app.request(`/p.gif?site=${SHOP.site}&e=`);
    expect(((await answer.json()) as Told).error).toMatchObject({ code: 'missing_name', at: 'e' });
  });
});

describe('a body that is not JSON', () => {
  it('is told where it breaks and never what it holds', async () => {
    const { error } = await told('/v1/track', '{"secret":"an@shop.example" "b":1}');
    expect(error).toMatchObject({ code: 'malformed', at: '' });
    expect(error.message).toMatch(/^The body is not JSON at position \d+; send one JSON object\.$/);
    for (const body of ['secret', '{"a":secret}', 'in JSON at position 77', '{"a":']) {
      const { message } = (await told('/v1/track', body)).error;
      expect(message).toMatch(
        /^The body is not JSON( at position \d|: it ends too early)?; send one JSON object\.$/,
      );
    }
  });
});
