import { CALL_TYPES, type Parsed } from './call.ts';
import { contentId } from './content-id.ts';

/** One line of NDJSON as a call. Without a messageId the line's content names it, so that a second run counts nothing. */
export function parseSegmentLine(text: string): Parsed {
  if (text.trim() === '') return { skipped: true };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: 'malformed' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { refused: 'malformed' };
  const call = value as Record<string, unknown>;
  const type = typeof call['type'] === 'string' ? call['type'] : '';
  if (!CALL_TYPES.has(type)) return { refused: 'unknown_type' };
  const messageId =
    typeof call['messageId'] === 'string' && call['messageId'] !== '' ? call['messageId'] : contentId(text);
  return { call: { ...call, type, messageId } };
}
