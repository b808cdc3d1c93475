import type { EventRow } from '@throughline/contract';
import { isVisit } from '../order-reference.ts';
import type { SiteStages } from '../stages.ts';

/** What the map says of one unit, for tests; built by walking over the events as the definition in facts.ts reads. */
export interface UnitByDefinition {
  buyer: boolean;
  visitors: number;
  channel: string;
  revenue: number;
  /** Of each stage reached: the first time, how many events stand in it and what was earned. */
  stages: Map<string, { first_ms: number; events: number; revenue: number }>;
  touchpoints: Map<string, number>;
  moves: { source: string; target: string; ms: number }[];
  leak: string | undefined;
  friction: Set<string>;
  friction_at: Set<string>;
  answers: { stage: string; score: number }[];
}

const IDENTITY = ['identify', 'alias', 'group'];
const FRICTION = ['rage_click', 'error_seen', 'form_abandoned'];

const session = (event: EventRow) => `${event.visitor_id}/${event.session_id}`;

/** An event that can stand for the arrival of its visit. */
const canArrive = (event: EventRow, orders: Map<EventRow, number>) =>
  isVisit(event) &&
  !IDENTITY.includes(event.name) &&
  !(event.name === 'order_completed' && !orders.has(event));

/** Whether the event's person is the one whose the arrival of its visit is, and the one who told the visit's channel. */
export interface Comer {
  arrives(event: EventRow): boolean;
  tells(event: EventRow): boolean;
}

export const ANYBODY: Comer = { arrives: () => true, tells: () => true };

export function comerByDefinition(
  events: EventRow[],
  orders: Map<EventRow, number>,
  owner: (event: EventRow) => string,
): Comer {
  const sorted = events
    .filter((event) => canArrive(event, orders))
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.seq - b.seq);
  const first = (event: EventRow, holds: (other: EventRow) => boolean) =>
    sorted.find((other) => session(other) === session(event) && holds(other));
  const isOf = (event: EventRow, other: EventRow | undefined) =>
    other !== undefined && owner(other) === owner(event);
  return {
    arrives: (event) =>
      isOf(
        event,
        first(event, () => true),
      ),
    tells: (event) =>
      isOf(
        event,
        first(event, ({ channel }) => channel !== ''),
      ),
  };
}

/** `orders` gives the revenue of each event that stands for an order; other tellings of one are not in it. */
export function unitByDefinition(
  events: EventRow[],
  orders: Map<EventRow, number>,
  { names, places }: SiteStages,
  comer: Comer,
): UnitByDefinition {
  const text = (left: string, right: string) => (left < right ? -1 : Number(left > right));
  const sorted = events.toSorted(
    (a, b) =>
      Date.parse(a.time) - Date.parse(b.time) ||
      a.seq - b.seq ||
      text(a.name, b.name) ||
      text(session(a), session(b)) ||
      text(a.channel, b.channel) ||
      (orders.get(a) ?? -1) - (orders.get(b) ?? -1) ||
      Number(isVisit(a)) - Number(isVisit(b)),
  );
  const unit: UnitByDefinition = {
    buyer: sorted.some((event) => orders.has(event)),
    visitors: new Set(events.map(({ visitor_id }) => visitor_id)).size,
    channel: '',
    revenue: 0,
    stages: new Map(),
    touchpoints: new Map(),
    moves: [],
    leak: undefined,
    friction: new Set(),
    friction_at: new Set(),
    answers: [],
  };
  const same = (a: EventRow, b: EventRow) => a.time === b.time && a.seq === b.seq;
  const seen = new Set<string>();
  const told = new Set<string>();
  const latest = new Map<string, { stage: string; touchpoint: string }>();
  const stood: { event: EventRow; stage: string }[] = [];
  let ordered = 0;
  const firstOrder = sorted.find((event) => orders.has(event));
  for (const event of sorted) {
    const ms = Date.parse(event.time);
    const retold = event.name === 'order_completed' && !orders.has(event);
    const silent = retold || IDENTITY.includes(event.name);
    const can = canArrive(event, orders);
    const begins = can && comer.arrives(event) && !seen.has(session(event));
    if (begins) seen.add(session(event));
    const tells = can && event.channel !== '' && comer.tells(event) && !told.has(session(event));
    if (tells) told.add(session(event));
    const mapped = silent ? undefined : names[(places.get(event.name) ?? 0) - 1];
    const again = orders.has(event) && ordered > 0;
    const late =
      begins &&
      firstOrder !== undefined &&
      sorted.indexOf(event) > sorted.indexOf(firstOrder) &&
      !same(event, firstOrder);
    const entered: [string, string][] = [];
    if (tells) entered.push(['aware', event.channel]);
    if (can && unit.channel === '') unit.channel = event.channel;
    if (mapped) entered.push([mapped, event.name]);
    if ((again || late) && mapped !== 'return') entered.push(['return', event.name]);
    for (const [stage, name] of entered) {
      const touchpoint = `${stage}/${name}`;
      const at = unit.stages.get(stage) ?? { first_ms: ms, events: 0, revenue: 0 };
      unit.stages.set(stage, { ...at, events: at.events + 1 });
      unit.touchpoints.set(touchpoint, (unit.touchpoints.get(touchpoint) ?? 0) + 1);
      latest.set(session(event), { stage, touchpoint });
      stood.push({ event, stage });
    }
    const revenue = orders.get(event);
    if (revenue !== undefined) {
      const paid = ordered > 0 ? 'return' : mapped;
      const at = paid === undefined ? undefined : unit.stages.get(paid);
      if (at && paid) unit.stages.set(paid, { ...at, revenue: at.revenue + revenue });
      unit.revenue += revenue;
      ordered += 1;
    }
    const before = latest.get(session(event));
    if (FRICTION.includes(event.name) && before) {
      unit.friction.add(before.stage);
      unit.friction_at.add(before.touchpoint);
    }
    const score =
      event.name === 'survey_answered' ? Number.parseFloat(event.properties['score'] ?? '') : Number.NaN;
    if (score >= 0 && score <= 10) {
      const earlier = stood.filter((entry) => !same(entry.event, event));
      const at =
        furthest(
          names,
          earlier.map(({ stage }) => stage),
        ) ??
        furthest(
          names,
          entered.map(([stage]) => stage),
        );
      if (at) unit.answers.push({ stage: at, score });
    }
  }
  unit.channel ||= 'unassigned';
  const course = [...unit.stages].sort(
    ([a, x], [b, y]) => x.first_ms - y.first_ms || names.indexOf(a) - names.indexOf(b),
  );
  course.slice(1).forEach(([target, to], index) => {
    const [source, from] = course[index]!;
    if (names.indexOf(source) < names.indexOf(target))
      unit.moves.push({ source, target, ms: to.first_ms - from.first_ms });
  });
  const last = furthest(names, [...unit.stages.keys()]);
  if (!unit.buyer && last !== 'purchase' && last !== 'return') unit.leak = last;
  return unit;
}

function furthest(names: string[], stages: string[]): string | undefined {
  return names.findLast((name) => stages.includes(name));
}
