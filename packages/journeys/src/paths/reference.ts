import type { EventRow, PathsRequest } from '@throughline/contract';

/** Brute force over the definition in units.ts, for tests: the path of one unit's events, [name, milliseconds] each. */
export function pathByDefinition(
  events: EventRow[],
  request: PathsRequest,
  matches: (event: EventRow) => boolean,
): [string, number][] {
  const order = (a: EventRow, b: EventRow) =>
    Date.parse(a.time) - Date.parse(b.time) ||
    a.seq - b.seq ||
    (a.name < b.name ? -1 : Number(a.name > b.name)) ||
    Number(matches(a)) - Number(matches(b));
  const touchpoints = events.filter(({ name }) => !['identify', 'alias', 'group'].includes(name)).sort(order);
  if (request.end) touchpoints.reverse();
  const path: [string, number][] = [];
  let begun: number | undefined;
  let before = '';
  for (const event of touchpoints) {
    const ms = Date.parse(event.time);
    if (begun === undefined) {
      if (!matches(event)) continue;
      begun = ms;
    }
    if (Math.abs(ms - begun) > (request.window_s ?? 2_592_000) * 1000) continue;
    if (event.name !== before) path.push([event.name, ms]);
    before = event.name;
  }
  return path.slice(0, request.depth ?? 5);
}
