import { expect, it } from 'vitest';
import { Gatherer } from './batches.ts';
import { ImportReport } from './report.ts';
import { send } from './send.ts';

const call = (id: string, text = '') => ({ type: 'track', messageId: id, event: text });

function batchOf(...ids: string[]) {
  const gatherer = new Gatherer();
  ids.forEach((id, index) => {
    gatherer.add({ line: index + 10, call: call(id) });
  });
  return gatherer.take()!;
}

/** A server that gives these answers in turn and remembers what it was sent. */
function server(...answers: (Response | Error)[]) {
  const bodies: string[] = [];
  const waits: number[] = [];
  const report = new ImportReport();
  const sender = {
    pause: async (ms: number) => {
      waits.push(ms);
    },
    base: 'http://test.internal',
    write_key: 'tlw_key',
    report,
    fetch: async (request: Request) => {
      bodies.push(await request.text());
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { bodies, waits, report, sender };
}

it('reports what the intake refused by the number of its line', async () => {
  const { sender, report } = server(
    Response.json({ success: true, refused: [{ index: 1, reason: 'missing_visitor' }] }),
  );
  await send(batchOf('a', 'b', 'c'), sender);
  expect(report.accepted).toBe(2);
  expect(report.refused).toEqual([{ line: 11, reason: 'missing_visitor' }]);
});

it('goes on when every call of a batch is refused, each with its own reason', async () => {
  const refused = [
    { index: 0, reason: 'missing_visitor' },
    { index: 1, reason: 'bad_time' },
  ];
  const error = { code: 'missing_visitor', message: 'No id.', at: '[0]' };
  const { sender, report } = server(Response.json({ error, refused }, { status: 400 }));
  await send(batchOf('a', 'b'), sender);
  expect(report.accepted).toBe(0);
  expect(report.refused).toEqual([
    { line: 10, reason: 'missing_visitor' },
    { line: 11, reason: 'bad_time' },
  ]);
});

it('sends the very same body again after a broken connection, and when it is asked to wait', async () => {
  const later = Response.json({}, { status: 503, headers: { 'retry-after': '7' } });
  const { sender, report, bodies, waits } = server(
    new TypeError('fetch failed'),
    later,
    Response.json({ success: true }),
  );
  await send(batchOf('a'), sender);
  expect(new Set(bodies).size).toBe(1);
  expect(waits).toEqual([1000, 7000]);
  expect(report.accepted).toBe(1);
});

it('stops with the line and the server’s sentence when a batch is refused as a whole', async () => {
  const error = { code: 'wrong_key', message: 'This key is not valid.', at: '' };
  const { sender } = server(Response.json({ error }, { status: 401 }));
  await expect(send(batchOf('a', 'b'), sender)).rejects.toThrow(
    'The import stopped at line 10: This key is not valid. Run it again; nothing is counted twice.',
  );
});

it('counts a call that is too large alone as refused and goes on', async () => {
  const error = { code: 'too_large', message: 'Too large.', at: '' };
  const { sender, report } = server(Response.json({ error }, { status: 413 }));
  await send(batchOf('a'), sender);
  expect(report.reasons).toEqual({ too_large: 1 });
});

it('keeps bodies within 500 calls and the intake’s bytes', () => {
  const gatherer = new Gatherer();
  const batches = [];
  for (let index = 0; index < 1200; index += 1)
    batches.push(gatherer.add({ line: index, call: call(String(index)) }));
  expect(batches.filter(Boolean).map((batch) => batch!.items.length)).toEqual([500, 500]);
  expect(gatherer.take()!.items.length).toBe(200);
  for (const id of ['a', 'b', 'c'])
    batches.push(gatherer.add({ line: 0, call: call(id, 'ắ'.repeat(100_000)) }));
  expect(Buffer.byteLength(batches.at(-1)?.body ?? batches.at(-2)!.body)).toBeLessThan(512 * 1024);
  expect(gatherer.take()).toBeDefined();
  expect(gatherer.take()).toBeUndefined();
});
