import { PlainError } from '../plain-error.ts';
import type { SegmentCall } from './call.ts';
import { contentId } from './content-id.ts';

/** Where a column goes: a field of the call, or a path below properties, traits or context. */
const FIELD =
  /^(type|event|name|userId|anonymousId|messageId|timestamp|(properties|traits|context)(\.[A-Za-z0-9_]+)+)$/;

/** Columns that are understood without a mapping. */
const KNOWN: Readonly<Record<string, string>> = {
  type: 'type',
  event: 'event',
  name: 'name',
  user_id: 'userId',
  userid: 'userId',
  anonymous_id: 'anonymousId',
  anonymousid: 'anonymousId',
  visitor_id: 'anonymousId',
  message_id: 'messageId',
  messageid: 'messageId',
  event_id: 'messageId',
  timestamp: 'timestamp',
  time: 'timestamp',
  email: 'traits.email',
  phone: 'traits.phone',
};

/** Sums and counts come as numbers; everything else stays text, so that ids keep their zeros. */
const NUMBERS = /^properties\.(total|subtotal|revenue|discount|tax|shipping|value|price|quantity|score)$/;

/** The cells of one CSV record (RFC 4180); `open` when it ends inside a quoted cell; undefined when it is not CSV. */
export function parseCsvRecord(text: string): string[] | 'open' | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const quoted = /"((?:[^"]|"")*)("?)/y;
      quoted.lastIndex = at;
      const [, cell, closed] = quoted.exec(text)!;
      if (closed === '') return 'open';
      cells.push(cell!.replaceAll('""', '"'));
      if (quoted.lastIndex === text.length) return cells;
      if (text[quoted.lastIndex] !== ',') return undefined;
      at = quoted.lastIndex + 1;
    } else {
      const comma = text.indexOf(',', at);
      cells.push(text.slice(at, comma === -1 ? undefined : comma));
      if (comma === -1) return cells;
      at = comma + 1;
    }
  }
}

/** Which field each column of the header fills; unnamed columns become properties. Throws `PlainError` for a wrong mapping. */
export function columnFields(header: readonly string[], map: Readonly<Record<string, string>>): string[] {
  for (const [column, field] of Object.entries(map)) {
    if (!header.includes(column))
      throw new PlainError(`--map names the column "${column}", which the file does not have.`);
    if (!FIELD.test(field))
      throw new PlainError(
        `--map sends "${column}" to "${field}"; a field is event, userId, anonymousId, messageId, timestamp, type, properties.NAME, traits.NAME or context.NAME.`,
      );
  }
  return header.map(
    (column) =>
      map[column] ?? KNOWN[column.trim().toLowerCase()] ?? `properties.${column.trim().replace(/\W+/g, '_')}`,
  );
}

/** One record as a call: `track` unless it says otherwise; an empty cell says nothing. */
export function csvCall(
  fields: readonly string[],
  cells: readonly string[],
  event: string | undefined,
): SegmentCall {
  const call: Record<string, unknown> = event === undefined ? {} : { event };
  fields.forEach((field, index) => {
    const cell = cells[index] ?? '';
    if (cell !== '')
      put(call, field, NUMBERS.test(field) && Number.isFinite(Number(cell)) ? Number(cell) : cell);
  });
  const type = call['type'] ?? (call['event'] === undefined ? 'identify' : 'track');
  return { messageId: contentId(JSON.stringify([fields, cells, event])), ...call, type: String(type) };
}

function put(target: Record<string, unknown>, field: string, value: unknown): void {
  const parts = field.split('.');
  const last = parts.pop()!;
  let inner = target;
  for (const part of parts) {
    inner[part] ??= {};
    inner = inner[part] as Record<string, unknown>;
  }
  // A property may be called __proto__ in a hostile header; defining it keeps it a plain key.
  Object.defineProperty(inner, last, { value, enumerable: true, writable: true, configurable: true });
}
