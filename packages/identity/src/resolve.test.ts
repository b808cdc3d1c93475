import { DEFAULT_IDENTITY_RULES, type Link } from '@throughline/contract';
import { expect, test } from 'vitest';
import { resolve } from './resolve.ts';

const base: Link = {
  site: 's',
  event_id: 'e1',
  kind: 'identify',
  visitor_id: 'v1',
  session_id: 'x',
  session_started_at: '2026-03-01T10:00:00.000Z',
  time: '2026-03-01T10:05:00.000Z',
  seq: 1,
  identifiers: [{ kind: 'user_id', value: 'ann' }],
  traits: {},
  proven: true,
  source: 'tag',
  author: '',
  reason: '',
  target: '',
  segment: '1',
};

test('a first identify claims its session and what came before, within the look-back', () => {
  const { assignments } = resolve([base], DEFAULT_IDENTITY_RULES, 's');
  expect(assignments).toMatchObject([
    {
      visitor_id: 'v1',
      spans: [
        { from: '2025-12-01T10:00:00.000Z', rule: 'identified_later' },
        { from: '2026-03-01T10:00:00.000Z', rule: 'identified_in_session' },
        { from: '2026-03-01T10:35:00.000Z', rule: 'identified_before' },
      ],
    },
  ]);
});
