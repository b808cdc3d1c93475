import type { OwnerRule } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignmentRow, customerRow, eventRow, testContext } from '../testing.ts';
import { runSharedDevices } from './shared.ts';

const context = testContext();
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const at = (day: number) => `2026-11-0${day}T10:00:00.000Z`;
const span = (day: number, person_id: string, rule: OwnerRule = 'identified_in_session') => ({
  from: at(day),
  person_id,
  rule,
  evidence: person_id === '' ? '' : `e-${person_id}`,
});

it('is empty for a site nobody was ever identified on', async () => {
  expect(await runSharedDevices(store, context, 6)).toEqual({
    known: 0,
    shared: 0,
    public: 0,
    people: 0,
    devices: [],
  });
});

it('lists the visitors of several customers, whose events they have, and by which rules', async () => {
  await store.insert('events', [
    eventRow({ visitor_id: 'tablet', time: at(1), name: 'page_viewed', device: 'tablet' }),
    eventRow({ visitor_id: 'tablet', time: at(2), name: 'page_viewed', device: 'tablet' }),
    eventRow({ visitor_id: 'tablet', time: at(3), name: 'page_viewed', device: 'tablet' }),
    eventRow({ visitor_id: 'tablet', time: at(4), name: 'page_viewed', device: 'tablet' }),
    eventRow({ visitor_id: 'till', time: at(1), name: 'order_completed' }),
    eventRow({ visitor_id: 'phone', time: at(1), name: 'page_viewed' }),
  ]);
  await store.insert('assignments', [
    assignmentRow('tablet', [span(2, 'p_an'), span(3, '', 'nobody'), span(4, 'p_binh')]),
    assignmentRow('till', [span(1, 'p_an'), span(2, 'p_binh'), span(3, 'p_chi')]),
    assignmentRow('phone', [span(1, 'p_chi')]),
    // Of another site, and one whose links were cut.
    { ...assignmentRow('tablet', [span(1, 'p_x'), span(2, 'p_y')]), site: 'elsewhere' },
    assignmentRow('cut', []),
  ]);
  await store.insert('customers', [customerRow('p_an', { name: 'An' })]);
  const view = await runSharedDevices(store, context, 2);
  expect(view).toMatchObject({ known: 3, shared: 2, public: 1, people: 3 });
  expect(view.devices).toEqual([
    {
      visitor_id: 'till',
      device: '',
      public: true,
      last_seen: at(1),
      people: [{ id: 'p_an', label: 'An', known: true, events: 1 }],
      rules: [{ rule: 'identified_in_session', stretches: 3 }],
    },
    {
      visitor_id: 'tablet',
      device: 'tablet',
      public: false,
      last_seen: at(4),
      people: [
        { id: 'tablet', label: '', known: false, events: 2 },
        { id: 'p_an', label: 'An', known: true, events: 1 },
        { id: 'p_binh', label: '', known: true, events: 1 },
      ],
      rules: [
        { rule: 'identified_in_session', stretches: 2 },
        { rule: 'nobody', stretches: 1 },
      ],
    },
  ]);
});
