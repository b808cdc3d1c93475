import { testStore } from '@throughline/store/testing';
import { it } from 'vitest';
import { runMap } from '../index.ts';
import { assignmentRow, customerRow, eventRow, testContext } from '../testing.ts';

it('x', async () => {
  const store = await testStore();
  const t = (m: number) => `2026-11-01T10:${String(m).padStart(2, '0')}:00.000Z`;
  await store.insert('events', [
    eventRow({ visitor_id: 'v1', time: t(0), name: 'page_viewed', channel: 'email' }),
    eventRow({ visitor_id: 'v1', time: t(0), name: 'rage_click', channel: 'email' }),
    eventRow({
      visitor_id: 'v1',
      time: t(5),
      name: 'survey_answered',
      channel: 'email',
      properties: { score: '9' },
    }),
    eventRow({
      visitor_id: 'v2',
      time: t(1),
      name: 'order_completed',
      total: 19.99,
      order_id: 'o1',
      properties: { a: '1' },
    }),
    eventRow({
      visitor_id: 'v3',
      time: t(1),
      name: 'order_completed',
      total: 19.99,
      order_id: 'o1',
      properties: { a: '1' },
    }),
  ]);
  await store.insert('assignments', [
    assignmentRow('v1', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_1' }]),
    assignmentRow('v2', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_1' }]),
  ]);
  const at = performance.now();
  console.log(
    JSON.stringify(await runMap(store, testContext(), { from: '2026-11-01', to: '2026-11-02' }), null, 1),
  );
  console.log(performance.now() - at);
  await store.close();
});
